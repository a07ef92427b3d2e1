package dev.assay.network.toxiproxy;

/** {@code noop}, and every toxic that chance has spared a connection. */
final class PassStage extends ToxicStage {

  PassStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit);
  }
}
