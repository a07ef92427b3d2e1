package dev.assay.network.proxy;

/** A link of the workspace, while the run lasts. Thread-safe. */
public interface OpenLink extends AdjustableLink {

  /** Its name in the workspace. */
  String name();
}
