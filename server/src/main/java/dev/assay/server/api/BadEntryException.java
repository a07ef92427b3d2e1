package dev.assay.server.api;

/** A line that came is no entry. */
final class BadEntryException extends Exception {

  private static final long serialVersionUID = 1;

  BadEntryException(String message) {
    super(message);
  }
}
