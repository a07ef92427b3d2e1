package dev.assay.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Guessing is slow, from one address or many, and those who are guessed at come in. */
class AttemptsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T00:00:00Z"));
  private final AtomicLong steady = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final Attempts attempts = new Attempts(clock());

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant now() {
        return now.get();
      }

      @Override
      public long nanos() {
        return steady.get();
      }
    };
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    steady.addAndGet(time.toNanos());
  }

  private int allowed(String name, String address, int tries) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += attempts.begin(name, address).isZero() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void fiveAtOnceThenOneAMinute() {
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
    assertThat(attempts.begin("KIM", "192.0.2.1")).isEqualTo(Duration.ofMinutes(1));

    pass(Duration.ofSeconds(61));
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetNeitherOpensNorShutsTheDoor() {
    allowed("kim", "192.0.2.1", 50);
    now.set(now.get().plus(Duration.ofDays(30)));
    assertThat(allowed("kim", "192.0.2.1", 50)).isZero();

    now.set(now.get().minus(Duration.ofDays(60)));
    steady.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
  }

  @Test
  void whoIsGuessedAtFromElsewhereComesIn() {
    allowed("kim", "192.0.2.1", 50);

    assertThat(attempts.begin("kim", "198.51.100.7")).isZero();
  }

  @Test
  void anAddressThatTriesManyNamesIsSlowedDownToo() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("name" + i, "192.0.2.1", 1);
    }

    assertThat(allowed).isEqualTo(30);
  }

  @Test
  void theAddressesOfOneNetworkOfIpv6AreOne() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("kim", "2001:db8:1:2:0:0:0:" + Integer.toHexString(i), 1);
    }

    assertThat(allowed).isEqualTo(5);
  }

  @Test
  void manyAddressesAtOneNameAreSlowedDownToo() {
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += allowed("kim", "10.0." + i / 250 + "." + i % 250, 1);
    }

    assertThat(allowed).isEqualTo(100);
  }

  @Test
  void whoeverIsRightBeginsAnew() {
    allowed("kim", "192.0.2.1", 4);
    attempts.begin("kim", "192.0.2.1");
    attempts.succeeded("kim", "192.0.2.1");

    assertThat(allowed("kim", "192.0.2.1", 50)).isEqualTo(5);
  }
}
