package dev.assay.chaos.toolkit;

/**
 * What ends the toolkit with a stack trace of Python, such as comparing a text with a number; the
 * experiment is aborted.
 */
final class Unforeseen extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unforeseen(String message) {
    super(message);
  }
}
