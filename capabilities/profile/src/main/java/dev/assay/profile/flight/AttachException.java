package dev.assay.profile.flight;

/** A JVM could not be reached, or would not record. */
public final class AttachException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String mend;

  AttachException(String why, String mend) {
    super(why);
    this.mend = mend;
  }

  /** Why, as the end of a sentence. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** What to do, as an imperative. */
  public String mend() {
    return mend;
  }
}
