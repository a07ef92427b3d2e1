package dev.assay.network.toxiproxy;

/**
 * {@code noop}, {@code link}, which works below the stages, and every toxic that chance has spared
 * a connection.
 */
final class PassStage extends ToxicStage {

  PassStage(Toxic toxic, ExitStage exit) {
    super(toxic, exit);
  }
}
