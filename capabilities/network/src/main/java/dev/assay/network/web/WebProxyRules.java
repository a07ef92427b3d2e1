package dev.assay.network.web;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a proxy demands and refuses, ready for use. Immutable.
 *
 * @param credentials who may use it; everybody if empty
 * @param block what is refused
 * @param refusal how
 * @param upgrades what becomes of upgrades
 * @param answerAfter how long an answer is kept back
 * @param largestBody in bytes, of a request or an answer
 */
public record WebProxyRules(
    Optional<Credentials> credentials,
    BlockList block,
    Refusal refusal,
    Upgrades upgrades,
    Duration answerAfter,
    OptionalLong largestBody) {

  /** Lets everything pass. */
  public static final WebProxyRules OPEN =
      new WebProxyRules(
          Optional.empty(),
          BlockList.NONE,
          Refusal.PAGE,
          Upgrades.PASS,
          Duration.ZERO,
          OptionalLong.empty());

  /** The same with a user. */
  public WebProxyRules withCredentials(Credentials user) {
    return new WebProxyRules(Optional.of(user), block, refusal, upgrades, answerAfter, largestBody);
  }

  /** The same with other blocks. */
  public WebProxyRules withBlock(BlockList blocked, Refusal how) {
    return new WebProxyRules(credentials, blocked, how, upgrades, answerAfter, largestBody);
  }

  /** The same with other treatment of upgrades. */
  public WebProxyRules withUpgrades(Upgrades other) {
    return new WebProxyRules(credentials, block, refusal, other, answerAfter, largestBody);
  }

  /** The same with answers that take longer. */
  public WebProxyRules withAnswerAfter(Duration delay) {
    return new WebProxyRules(credentials, block, refusal, upgrades, delay, largestBody);
  }

  /** The same with a largest body. */
  public WebProxyRules withLargestBody(long bytes) {
    return new WebProxyRules(
        credentials, block, refusal, upgrades, answerAfter, OptionalLong.of(bytes));
  }
}
