package dev.assay.server.project;

/** Asked before anything of a run is taken. Implementations are thread-safe. */
public interface Admission {

  /** Lets everything in. */
  Admission FREE = (_, _, _, _) -> Pass.FREE;

  /**
   * Lets something in, or refuses it by an exception that says why; nothing was taken then.
   *
   * @param runs how many runs begin with it
   * @param entries how many entries it has
   * @param bytes how large it is
   * @return is closed when it was taken, or could not be
   */
  Pass admit(Project project, long runs, long entries, long bytes);

  /** Something that was let in, until it is there. */
  interface Pass extends AutoCloseable {

    /** Of what nobody counts. */
    Pass FREE = () -> {};

    @Override
    void close();
  }
}
