package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrpcHeadersTest {

  @Test
  void aTimeoutHasAtMostEightDigitsAndIsNeverLessThanAskedFor() {
    assertThat(GrpcHeaders.timeout(1)).isEqualTo("1n");
    assertThat(GrpcHeaders.timeout(99_999_999)).isEqualTo("99999999n");
    assertThat(GrpcHeaders.timeout(100_000_000)).isEqualTo("100000u");
    assertThat(GrpcHeaders.timeout(100_000_001)).isEqualTo("100001u");
    assertThat(GrpcHeaders.timeout(10_000_000_000L)).isEqualTo("10000000u");
    assertThat(GrpcHeaders.timeout(3_600_000_000_000L)).isEqualTo("3600000m");
    assertThat(GrpcHeaders.timeout(Long.MAX_VALUE)).isEqualTo("2562048H");
  }

  @Test
  void aServerIsToldMoreTimeThanThisSideWaits() {
    assertThat(GrpcHeaders.of(200_000_000)).containsEntry("grpc-timeout", "300000u");
    assertThat(GrpcHeaders.of(10_000_000_000L)).containsEntry("grpc-timeout", "11000000u");
  }
}
