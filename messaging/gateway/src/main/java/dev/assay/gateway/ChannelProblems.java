package dev.assay.gateway;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** The problems of templates, schedules, opt-outs and channels other than SMS. */
public final class ChannelProblems {

  /** A template that cannot be used. */
  public static final ProblemType TEMPLATE =
      new ProblemType(
          "ASSAY-GATEWAY-101",
          ProblemKind.USER,
          "A template is not valid",
          "A template declares its variables with their types (text, number, money, date, url,"
              + " code) and has a text for its default language at least. In texts, {name} stands for"
              + " a value, {count, plural, one {# parcel} other {# parcels}} and {name, select, a {…}"
              + " other {…}} choose, and an apostrophe before a brace keeps it as it is: '{'. Places"
              + " are told as line and column within the text.");

  /** Values that do not fit a template. */
  public static final ProblemType VALUES =
      new ProblemType(
          "ASSAY-GATEWAY-102",
          ProblemKind.USER,
          "Values do not fit the template",
          "Every variable that is not optional needs a value, of its type: a number as 3 or \"3.5\","
              + " money as \"12.50 EUR\", a date as 2026-12-24 or 2026-12-24T18:00, a url with http"
              + " or https, a code of letters, digits and dashes. Nothing else may be given, as it"
              + " would be a misspelt name.");

  /** A version of a template that cannot be what it shall be. */
  public static final ProblemType VERSION =
      new ProblemType(
          "ASSAY-GATEWAY-103",
          ProblemKind.USER,
          "The version of the template does not allow that",
          "A version is a draft until somebody else than its author approves it; then it is sent"
              + " with, until it is retired. What a version says never changes: a change is a new"
              + " version.");

  /** A line of a list that names no recipient. */
  public static final ProblemType LIST =
      new ProblemType(
          "ASSAY-GATEWAY-104",
          ProblemKind.USER,
          "A line of a list of recipients is wrong",
          "A list is CSV with a first line of names, or JSON lines, in UTF-8. The column `to` is the"
              + " recipient, `locale` the language; the others are values of the template. By choice"
              + " wrong lines are passed over and told, or the first one ends the reading.");

  /** A schedule that cannot be. */
  public static final ProblemType SCHEDULE =
      new ProblemType(
          "ASSAY-GATEWAY-111",
          ProblemKind.USER,
          "A schedule is not valid",
          "A schedule has one of `at` (a moment, or a local time in the recipient's zone), `cron`"
              + " (five or six fields) and `rrule` (RFC 5545), and if need be `zone`, `quiet`,"
              + " `until`, `count`. `assay gateway schedule next` shows what it means.");

  /** A recipient who does not want messages. */
  public static final ProblemType OPTED_OUT =
      new ProblemType(
          "ASSAY-GATEWAY-121",
          ProblemKind.USER,
          "The recipient does not want messages from this sender",
          "Somebody answered STOP, or was entered as opted out. Only he can change that, by START;"
              + " sending by another sender, channel or number is no way around it.");

  /** A list of opt-outs or its configuration that is wrong. */
  public static final ProblemType OPT_OUT =
      new ProblemType(
          "ASSAY-GATEWAY-122",
          ProblemKind.USER,
          "Opt-outs are not configured right",
          "Opt-outs are kept per sender and number. Words and answers are given per language;"
              + " languages have two letters.");

  /** A channel that cannot be configured so. */
  public static final ProblemType CHANNEL =
      new ProblemType(
          "ASSAY-GATEWAY-131",
          ProblemKind.USER,
          "A channel cannot be configured so",
          "A channel has a kind (email, whatsapp, viber, slack, pagerduty, webhook), what its"
              + " provider gave (tokens, keys, addresses), and an address if it is not the"
              + " provider's usual one. Secrets are given as ${env.NAME}, never in the file.");

  private ChannelProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(TEMPLATE, VALUES, VERSION, LIST, SCHEDULE, OPTED_OUT, OPT_OUT, CHANNEL);
  }
}
