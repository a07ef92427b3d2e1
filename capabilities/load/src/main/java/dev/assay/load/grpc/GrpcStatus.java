package dev.assay.load.grpc;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of a call; the numbers are those of {@code grpc-status}, in order from 0. */
public enum GrpcStatus {
  OK,
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED;

  private static final GrpcStatus[] BY_NUMBER = values();

  /** The status of a number; {@link #UNKNOWN} where there is none. */
  public static GrpcStatus of(long number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : UNKNOWN;
  }

  /** What a call that was answered without a gRPC status has (gRPC's "HTTP to gRPC mapping"). */
  public static GrpcStatus ofHttp(int status) {
    return switch (status) {
      case 400 -> INTERNAL;
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> UNIMPLEMENTED;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }

  /**
   * The statuses that meet an expectation, as bits by their numbers.
   *
   * @param expected {@code OK}, {@code 5}, {@code != UNAVAILABLE}, {@code ~ ^(OK|ABORTED)$}; null
   *     for OK
   * @param place where it is written
   */
  public static int accepted(@Nullable Comparison expected, Place place) {
    if (expected == null) {
      return 1;
    }
    int accepted = 0;
    List<String> names = new ArrayList<>();
    for (GrpcStatus status : BY_NUMBER) {
      names.add(status.name());
      if (status.meets(expected)) {
        accepted |= 1 << status.ordinal();
      }
    }
    if (accepted == 0) {
      throw GrpcProblems.STATUS.failure(
          place,
          "no status meets '" + expected.operand() + "'",
          Nearest.mend(expected.operand(), names));
    }
    return accepted;
  }

  private boolean meets(Comparison expected) {
    String number = Integer.toString(ordinal());
    String operand = expected.operand().strip().toUpperCase(Locale.ROOT).replace('-', '_');
    boolean named = operand.equals(name()) || operand.equals(number);
    return switch (expected.operator()) {
      case EQUAL, SAME -> named;
      case NOT_EQUAL -> !named && known(operand);
      case MATCHES, NOT_MATCHES -> expected.holds(name());
      case LESS, MORE, AT_LEAST, AT_MOST -> expected.holds(number);
    };
  }

  private static boolean known(String operand) {
    for (GrpcStatus status : BY_NUMBER) {
      if (operand.equals(status.name()) || operand.equals(Integer.toString(status.ordinal()))) {
        return true;
      }
    }
    return false;
  }
}
