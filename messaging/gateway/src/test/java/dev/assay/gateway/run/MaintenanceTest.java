package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaintenanceTest {

  private static boolean closed(String window, String at) {
    return Maintenance.of(List.of(window)).test(Instant.parse(at));
  }

  @Test
  void aWindowMayGoOverMidnightAndKnowDays() {
    // 2026-03-01 is a Sunday
    assertThat(closed("22:00-23:30", "2026-03-01T22:00:00Z")).isTrue();
    assertThat(closed("22:00-23:30", "2026-03-01T23:30:00Z")).isFalse();
    assertThat(closed("sun 23:00-1:00", "2026-03-01T23:59:00Z")).isTrue();
    assertThat(closed("sun 23:00-1:00", "2026-03-02T00:59:00Z")).isTrue();
    assertThat(closed("sun 23:00-1:00", "2026-03-01T00:59:00Z")).isFalse();
    assertThat(closed("sat-mon 02:00-04:00", "2026-03-02T03:00:00Z")).isTrue();
    assertThat(closed("sat-mon 02:00-04:00", "2026-03-03T03:00:00Z")).isFalse();
  }

  @Test
  void whatIsNoWindowIsTold() {
    assertThatThrownBy(() -> Maintenance.parse("sometimes")).hasMessageContaining("sometimes");
  }
}
