package dev.assay.server.ruling;

import org.jspecify.annotations.Nullable;

/**
 * What a project asks of approvals and overrides. Immutable.
 *
 * @param needed how many people must say so, 1 to 5; with 2 or more whoever began the run is none
 *     of them
 * @param overrideDays how long an override may hold at the most, 1 to 90 days
 * @param approvalDays how long an approval may, 1 to 365 days
 */
public record RulingRule(int needed, int overrideDays, int approvalDays) {

  /** Where nobody said otherwise. */
  public static final RulingRule USUAL = new RulingRule(1, 7, 30);

  /** What is wrong with it, as a sentence; null for nothing. */
  public @Nullable String wrong() {
    return needed >= 1
            && needed <= 5
            && overrideDays >= 1
            && overrideDays <= 90
            && approvalDays >= 1
            && approvalDays <= 365
        ? null
        : "It takes 1 to 5 people; an override holds 1 to 90 days, an approval 1 to 365.";
  }

  /** How many days what was decided may hold at the most. */
  public int days(dev.assay.core.passport.Ruling.Kind kind) {
    return switch (kind) {
      case APPROVAL -> approvalDays;
      case OVERRIDE -> overrideDays;
    };
  }
}
