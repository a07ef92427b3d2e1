package dev.assay.load.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Where;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Asks a server for its schema, before the load starts, by the services {@code
 * grpc.reflection.v1.ServerReflection} and {@code grpc.reflection.v1alpha.ServerReflection}.
 */
public final class ServerReflection {

  private static final List<String> PATHS =
      List.of(
          "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
          "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");

  // The numbers of the fields of ServerReflectionRequest and ServerReflectionResponse.
  private static final int FILE_BY_FILENAME = 3;
  private static final int FILE_CONTAINING_SYMBOL = 4;
  private static final int LIST_SERVICES = 7;
  private static final int FILES = 4;
  private static final int SERVICES = 6;
  private static final int ERROR = 7;

  private static final int MOST_FILES = 10_000;
  private static final int NOT_FOUND = GrpcStatus.NOT_FOUND.ordinal();

  private final BlockingCalls calls;
  private final Where server;
  private final String path;
  private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();

  private ServerReflection(BlockingCalls calls, Where server, String path) {
    this.calls = calls;
    this.server = server;
    this.path = path;
  }

  /**
   * The schema of services and all that their messages need.
   *
   * @param asked the server
   * @param services full names of services
   * @param place where the check names them
   * @param clock monotonic, in nanoseconds
   */
  public static GrpcSchema ask(
      GrpcServer asked, Collection<String> services, Place place, LongSupplier clock) {
    Where server = Where.named(asked.authority());
    try (BlockingCalls calls = BlockingCalls.open(asked, clock)) {
      ServerReflection reflection = new ServerReflection(calls, server, offered(calls, server));
      for (String service : services) {
        reflection.service(service, place);
      }
      reflection.imports();
      GrpcSchema schema = new GrpcSchema(DescriptorSets.told(reflection.files.values(), server));
      for (String service : services) {
        if (!schema.services().contains(service)) {
          throw reflection.unknown(service, place);
        }
      }
      return schema;
    } catch (IOException unreachable) {
      throw GrpcProblems.REFLECTION.failure(
          server,
          "asking " + asked.authority() + " for its schema failed: " + IoReason.of(unreachable),
          "look at address, port and TLS, or give the schema: 'proto: [ FILE.proto ]'");
    }
  }

  /** The newest version that the server offers. */
  private static String offered(BlockingCalls calls, Where server) throws IOException {
    BlockingCalls.Answer answer = null;
    for (String path : PATHS) {
      answer = calls.call(path, request(LIST_SERVICES, ""));
      if (answer.status() == GrpcStatus.OK) {
        return path;
      }
      if (answer.status() != GrpcStatus.UNIMPLEMENTED) {
        break;
      }
    }
    String said =
        answer == null
            ? ""
            : answer.status() + (answer.message().isEmpty() ? "" : ": " + answer.message());
    throw (answer != null && answer.status() == GrpcStatus.UNIMPLEMENTED
            ? GrpcProblems.NO_REFLECTION
            : GrpcProblems.REFLECTION)
        .failure(
            server,
            "asked for its schema, the server answered " + said,
            "turn reflection on in the server, or give the schema: 'proto: [ FILE.proto ]'");
  }

  private void service(String name, Place place) throws IOException {
    UnknownFieldSet answer = ask(FILE_CONTAINING_SYMBOL, name);
    if (answer.hasField(ERROR)) {
      UnknownFieldSet error = message(answer, ERROR);
      long code = error.getField(1).getVarintList().stream().findFirst().orElse(0L);
      if (code == NOT_FOUND) {
        throw unknown(name, place);
      }
      throw failure("it knows nothing of '" + name + "' (" + text(error, 2) + ")");
    }
    keep(answer);
  }

  private RuntimeException unknown(String service, Place place) throws IOException {
    return GrpcProblems.METHOD.failure(
        place, "the server has no service '" + service + "'", Nearest.mend(service, services()));
  }

  private List<String> services() throws IOException {
    UnknownFieldSet list = message(ask(LIST_SERVICES, ""), SERVICES);
    return list.getField(1).getLengthDelimitedList().stream()
        .map(one -> text(parsed(one), 1))
        .sorted()
        .toList();
  }

  /** Asks for every file that is imported and was not sent along. */
  private void imports() throws IOException {
    Deque<FileDescriptorProto> open = new ArrayDeque<>(files.values());
    Set<String> asked = new HashSet<>();
    while (!open.isEmpty()) {
      for (String name : open.remove().getDependencyList()) {
        if (files.containsKey(name) || WellKnown.file(name) != null || !asked.add(name)) {
          continue;
        }
        Set<String> before = new HashSet<>(files.keySet());
        UnknownFieldSet answer = ask(FILE_BY_FILENAME, name);
        if (answer.hasField(ERROR)) {
          throw failure("it does not tell the file '" + name + "' that others import");
        }
        keep(answer);
        files.forEach((file, proto) -> {
          if (!before.contains(file)) {
            open.add(proto);
          }
        });
      }
    }
  }

  private UnknownFieldSet ask(int field, String value) throws IOException {
    BlockingCalls.Answer answer = calls.call(path, request(field, value));
    if (answer.status() != GrpcStatus.OK || answer.messages().isEmpty()) {
      throw failure("it answered " + answer.status() + " " + answer.message());
    }
    return parsed(ByteString.copyFrom(answer.messages().getFirst()));
  }

  private void keep(UnknownFieldSet answer) {
    for (ByteString bytes : message(answer, FILES).getField(1).getLengthDelimitedList()) {
      try {
        FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
        files.putIfAbsent(file.getName(), file);
      } catch (InvalidProtocolBufferException broken) {
        throw failure("a file that it told is no descriptor");
      }
      if (files.size() > MOST_FILES) {
        throw failure("it tells more than " + MOST_FILES + " files");
      }
    }
  }

  private UnknownFieldSet message(UnknownFieldSet of, int field) {
    List<ByteString> all = of.getField(field).getLengthDelimitedList();
    return all.isEmpty() ? UnknownFieldSet.getDefaultInstance() : parsed(all.getFirst());
  }

  private UnknownFieldSet parsed(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw failure("what it answered is no answer to the question");
    }
  }

  private static String text(UnknownFieldSet of, int field) {
    List<ByteString> all = of.getField(field).getLengthDelimitedList();
    return all.isEmpty() ? "" : all.getFirst().toStringUtf8();
  }

  private RuntimeException failure(String what) {
    return GrpcProblems.REFLECTION.failure(
        server, "asked for its schema: " + what, "give the schema: 'proto: [ FILE.proto ]'");
  }

  private static byte[] request(int field, String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeString(field, value);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
