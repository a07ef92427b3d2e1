package dev.assay.profile.sql;

/** Statements could not be counted. */
public final class StatementsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String mend;

  /** With what is wrong and how to mend it, each for a sentence. */
  public StatementsException(String why, String mend) {
    super(why);
    this.mend = mend;
  }

  /** Why, as the end of a sentence; without any secret. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** What to do, as an imperative. */
  public String mend() {
    return mend;
  }
}
