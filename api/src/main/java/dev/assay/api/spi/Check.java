package dev.assay.api.spi;

/**
 * One check, carried out once. It emits facts and decides nothing: a test that fails is an outcome,
 * not an exception.
 */
@FunctionalInterface
public interface Check {

  /**
   * Finds out. Returns when all evidence was emitted and everything it started has ended.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be carried out; the verdict is then
   *     NOT_RUN (or FAIL, if evidence already shows one)
   * @throws CancelledException if it stopped because it was asked to
   * @throws Exception for anything unforeseen, which is shown as an internal problem
   */
  void run(CheckContext context, EvidenceSink sink) throws Exception;
}
