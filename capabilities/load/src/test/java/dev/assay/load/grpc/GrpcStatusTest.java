package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.value.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrpcStatusTest {

  private final ResponseHead head = new ResponseHead();

  @Test
  void theStatusAndItsMessageAreThoseOfTheTrailers() {
    begin(200, "application/grpc+proto");
    field("grpc-status", "5");
    field("grpc-message", "no order %2f7%20%C3%A9 100%");
    assertThat(head.status()).isEqualTo(GrpcStatus.NOT_FOUND);
    assertThat(head.message()).isEqualTo("no order /7 é 100%");
    assertThat(head.fault()).isNull();
  }

  @Test
  void aNumberThatIsNoStatusIsUnknown() {
    for (String odd : new String[] {"17", "-1", "", "x", "99999999999"}) {
      begin(200, "application/grpc");
      field("grpc-status", odd);
      assertThat(head.status()).as(odd).isEqualTo(GrpcStatus.UNKNOWN);
      assertThat(head.fault()).isNull();
    }
  }

  @Test
  void anAnswerWithoutGrpcStatusIsAFaultWithTheStatusThatHttpStandsFor() {
    begin(503, "text/html");
    assertThat(head.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
    assertThat(head.fault())
        .isEqualTo(
            "what answered does not speak gRPC: HTTP status 503, content-type not"
                + " application/grpc");
    begin(200, "application/grpc");
    assertThat(head.fault()).isEqualTo("the response ends without grpc-status");
    begin(200, "application/grpcweb");
    assertThat(head.answersGrpc()).isFalse();
  }

  @Test
  void aLongMessageIsCutAndGarbageIsHarmless() {
    begin(200, "application/grpc");
    field("grpc-message", "x".repeat(100_000));
    assertThat(head.message()).hasSize(1024);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5000; i++) {
      byte[] value = new byte[random.nextInt(8)];
      random.nextBytes(value);
      if (value.length > 0) {
        value[random.nextInt(value.length)] = '%';
      }
      head.message(value, 0, value.length);
      assertThat(head.message()).isNotNull();
    }
  }

  @Test
  void expectationsAreNamesNumbersAndComparisons() {
    assertThat(accepted(null)).containsExactly(GrpcStatus.OK);
    assertThat(accepted("NOT_FOUND")).containsExactly(GrpcStatus.NOT_FOUND);
    assertThat(accepted("not-found")).containsExactly(GrpcStatus.NOT_FOUND);
    assertThat(accepted("5")).containsExactly(GrpcStatus.NOT_FOUND);
    assertThat(accepted("!= OK")).hasSize(16).doesNotContain(GrpcStatus.OK);
    assertThat(accepted("!= 0")).hasSize(16).doesNotContain(GrpcStatus.OK);
    assertThat(accepted("<= 1")).containsExactly(GrpcStatus.OK, GrpcStatus.CANCELLED);
    assertThat(accepted("~ ^(OK|ABORTED)$")).containsExactly(GrpcStatus.OK, GrpcStatus.ABORTED);
  }

  @Test
  void anExpectationThatNoStatusMeetsIsTold() {
    for (String odd : new String[] {"OKAY", "200", "!= OKAY", "> 16"}) {
      assertThatThrownBy(() -> accepted(odd))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-LOAD-113 assay.yaml:7:9: no status meets");
    }
  }

  private static List<GrpcStatus> accepted(String expected) {
    int bits =
        GrpcStatus.accepted(
            expected == null ? null : Comparison.parse(expected), ProtoFixture.HERE);
    List<GrpcStatus> accepted = new ArrayList<>();
    for (GrpcStatus status : GrpcStatus.values()) {
      if ((bits >> status.ordinal() & 1) != 0) {
        accepted.add(status);
      }
    }
    return accepted;
  }

  private void begin(int status, String type) {
    head.begin();
    head.http(status);
    field("content-type", type);
  }

  private void field(String name, String value) {
    byte[] bytes = ("<" + name + value + ">").getBytes(StandardCharsets.UTF_8);
    int colon = 1 + name.length();
    head.field(bytes, 1, colon, bytes, colon, bytes.length - 1);
  }
}
