package dev.assay.server;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request is refused in a way that has a mend of its own. */
public final class Refusal extends ResponseStatusException {

  private static final long serialVersionUID = 1;

  private final String mend;

  /**
   * A refusal.
   *
   * @param status from 400 on
   * @param what is wrong, with the value; not yet a sentence
   * @param mend how to mend it, as an imperative; not yet a sentence
   */
  public Refusal(HttpStatus status, String what, String mend) {
    super(status, what);
    this.mend = mend;
  }

  /** How to mend it. */
  public String mend() {
    return mend;
  }
}
