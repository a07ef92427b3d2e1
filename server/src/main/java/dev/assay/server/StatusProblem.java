package dev.assay.server;

/**
 * What is said of a request where its status is all that is known: one problem for each status, so
 * that its code and title never say another thing than the status (RFC 9457, section 3.1).
 */
public enum StatusProblem {
  /** Also of what is wrong in a way of its own: RFC 9110 lets those who ask read it so. */
  NOT_UNDERSTOOD(
      400,
      "ASSAY-SERVER-090",
      "That was not understood",
      "A value is missing in what was sent, or is of another kind than is taken here.",
      "Go back and look at what you typed; programs look into /api/v1/openapi.json."),
  /** Programs are let in by keys; what people are told is another thing. */
  DENIED(
      403,
      "ASSAY-SERVER-002",
      "The key is not for that",
      "No key is for that.",
      "Make one with that scope: for a project in its settings, for the server under Keys."),
  MISSING(
      404,
      "ASSAY-SERVER-005",
      "Not there",
      "There is nothing at this address.",
      "Look whether the address is whole; what was there may have been taken away."),
  NO_SUCH_WAY(
      405,
      "ASSAY-SERVER-091",
      "Not in this way",
      "There is something at this address, but it does not take this kind of request.",
      "Begin at the page that leads there; programs look into /api/v1/openapi.json."),
  NO_SUCH_ANSWER(
      406,
      "ASSAY-SERVER-092",
      "Not in this form",
      "What was asked for has a media type that is not answered here.",
      "Ask for application/json, or say nothing of what is accepted."),
  NOT_NOW(
      409,
      "ASSAY-SERVER-093",
      "Not as things stand",
      "Something is not yet, or no longer, as this request needs it.",
      "Look how it stands, and ask again when it has changed."),
  TOO_MUCH(
      413,
      "ASSAY-SERVER-060",
      "The body cannot be taken",
      "A form takes 64 kB at the most, and what was sent is more.",
      "Send less; for reports and runs there is the interface below /api/v1."),
  NO_SUCH_BODY(
      415,
      "ASSAY-SERVER-092",
      "Not in this form",
      "What was sent has a media type that is not taken here.",
      "Send application/json; reports may have any type."),
  NOT_DONE(
      422,
      "ASSAY-SERVER-061",
      "That cannot be done",
      "It was understood, and is against what is possible here.",
      "Change what is sent; /api/v1/openapi.json and the settings of the project say the bounds."),
  TOO_OFTEN(
      429,
      "ASSAY-SERVER-006",
      "Too often",
      "More was asked than is answered in so short a time.",
      "Wait a moment, then ask again."),
  BROKEN(
      500,
      "ASSAY-SERVER-075",
      "Something broke here",
      "It is a defect of the server, not yours, and it is in its log with the time.",
      "Ask again; if it stays so, tell whoever runs the server what you did and when."),
  AWAY(
      503,
      "ASSAY-SERVER-094",
      "Not now",
      "The server cannot answer at the moment. What was acknowledged is not lost.",
      "Ask again in a moment; whoever runs the server looks at /ready and its log.");

  private final int status;
  private final String code;
  private final String title;
  private final String what;
  private final String mend;

  StatusProblem(int status, String code, String title, String what, String mend) {
    this.status = status;
    this.code = code;
    this.title = title;
    this.what = what;
    this.mend = mend;
  }

  /** That of a status from 400 on; of one that has none of its own, the first of its hundred. */
  public static StatusProblem of(int status) {
    for (StatusProblem each : values()) {
      if (each.status == status) {
        return each;
      }
    }
    return status < 500 ? NOT_UNDERSTOOD : BROKEN;
  }

  /** The code, which stays. */
  public String code() {
    return code;
  }

  /** What kind of problem. */
  public String title() {
    return title;
  }

  /** What is wrong, as a sentence, where nothing more is known. */
  public String what() {
    return what;
  }

  /** How to mend it, as a sentence, where nothing more is known. */
  public String mend() {
    return mend;
  }
}
