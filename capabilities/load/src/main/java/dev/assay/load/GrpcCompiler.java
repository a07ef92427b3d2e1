package dev.assay.load;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import dev.assay.load.engine.Origin;
import dev.assay.load.grpc.CompiledCall;
import dev.assay.load.grpc.DescriptorSets;
import dev.assay.load.grpc.GrpcMethod;
import dev.assay.load.grpc.GrpcProblems;
import dev.assay.load.grpc.GrpcSchema;
import dev.assay.load.grpc.GrpcServer;
import dev.assay.load.grpc.GrpcStatus;
import dev.assay.load.grpc.MessageCompiler;
import dev.assay.load.grpc.MessageDecoder;
import dev.assay.load.grpc.MessageProgram;
import dev.assay.load.grpc.ProtoSources;
import dev.assay.load.grpc.ServerReflection;
import dev.assay.load.request.CompiledRequest;
import dev.assay.load.request.Encoding;
import dev.assay.load.request.Segment;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiles what the gRPC steps of a check call, with the schema of its files or of the server. */
final class GrpcCompiler {

  private static final int MOST_MESSAGES = 100_000;
  private static final long LARGEST_SET = 64L << 20;

  /** What every call has, so that it is no metadata. */
  private static final Set<String> OWN = Set.of("te", "content-type", "user-agent");

  private final CheckContext context;
  private final LoadConfiguration configuration;
  private final Supplier<SslContext> tls;
  private @Nullable GrpcSchema schema;

  /**
   * A compiler of a check.
   *
   * @param tls how TLS is spoken
   */
  GrpcCompiler(CheckContext context, LoadConfiguration configuration, Supplier<SslContext> tls) {
    this.context = context;
    this.configuration = configuration;
    this.tls = tls;
  }

  /**
   * Compiles a step.
   *
   * @param request the step's request, of which the server and the headers are taken
   * @param origin where it goes
   * @param names what the names in its messages stand for
   */
  CompiledCall compile(LoadStep step, CompiledRequest request, Origin origin, SlotNames names) {
    GrpcSchema known = schema;
    if (known == null) {
      known =
          configuration.proto().isEmpty() ? asked(step, request, origin) : new GrpcSchema(files());
      schema = known;
    }
    GrpcMethod method = known.method(String.valueOf(step.grpc()), step.place());
    MessageCompiler compiler =
        new MessageCompiler(
            known, name -> names.slot(name, Encoding.RAW, step.place()) != null, context::fill);
    List<CompiledCall.Message> messages = new ArrayList<>();
    for (Json message : written(step, method)) {
      MessageProgram program = compiler.compile(method.input(), message, step.place());
      List<List<Segment>> values = new ArrayList<>();
      for (Template value : program.values()) {
        values.add(names.segments(value, Encoding.RAW, step.place()));
      }
      messages.add(new CompiledCall.Message(program, values));
    }
    MessageDecoder decoder =
        request.body().empty() ? null : new MessageDecoder(known, method.output());
    try {
      return CompiledCall.of(method, messages, accepted(step), decoder);
    } catch (IllegalArgumentException tooLong) {
      throw GrpcProblems.messages(
          step.place(), String.valueOf(tooLong.getMessage()), "send fewer or shorter ones");
    }
  }

  private int accepted(LoadStep step) {
    LoadStep.Expected expected = step.expect();
    String written = expected == null ? null : expected.grpc();
    if (written == null) {
      return GrpcStatus.accepted(null, step.place());
    }
    Comparison comparison = Comparison.parse(context.fill(Template.parse(written)));
    return GrpcStatus.accepted(comparison, step.place());
  }

  private static List<Json> written(LoadStep step, GrpcMethod method) {
    Json one = step.message();
    List<Json> several = step.messages();
    if (!several.isEmpty() && (one != null || !method.clientStreams())) {
      throw GrpcProblems.messages(
          step.place(),
          one != null
              ? "the step has 'message' and 'messages'"
              : "the method " + step.grpc() + " takes one message, and 'messages' is a stream",
          one != null ? "keep one of them" : "write 'message: { ... }'");
    }
    if (several.size() > MOST_MESSAGES) {
      throw GrpcProblems.messages(
          step.place(),
          "the step sends " + several.size() + " messages",
          "send at most " + MOST_MESSAGES);
    }
    if (!several.isEmpty()) {
      return several;
    }
    return List.of(one == null ? Json.object().build() : one);
  }

  // ---- the schema

  private List<FileDescriptor> files() {
    Place place = configuration.place();
    List<FileDescriptor> files = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    for (String file : configuration.proto()) {
      if (file.toLowerCase(Locale.ROOT).endsWith(".proto")) {
        sources.add(Path.of(file));
      } else {
        files.addAll(DescriptorSets.read(set(file, place), Where.named(file)));
      }
    }
    if (!sources.isEmpty()) {
      List<Path> paths = configuration.protoPaths().stream().map(Path::of).toList();
      files.addAll(new ProtoSources(context.folder(), paths).compile(sources, place));
    }
    return files;
  }

  private byte[] set(String file, Place place) {
    Path path = context.folder().resolve(file);
    try {
      if (Files.isRegularFile(path) && Files.size(path) <= LARGEST_SET) {
        return Files.readAllBytes(path);
      }
    } catch (IOException unreadable) {
      // said below
    }
    throw GrpcProblems.file(
        place,
        "the descriptor set '" + file + "' cannot be read, or is larger than 64 MB",
        "name a file in the workspace's folder; sources end in .proto");
  }

  private GrpcSchema asked(LoadStep step, CompiledRequest request, Origin origin) {
    Set<String> services = new LinkedHashSet<>();
    PlanCompiler.flows(configuration).values().forEach(flow -> services(flow, services));
    Map<String, String> metadata = new LinkedHashMap<>();
    for (CompiledRequest.Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (Segment.fixed(header.value()) && !OWN.contains(name) && !name.startsWith("grpc-")) {
        metadata.put(name, text(header.value()));
      }
    }
    GrpcServer server =
        new GrpcServer(
            origin.address(),
            origin.tls() ? tls.get() : null,
            origin.serverName(),
            origin.port(),
            request.authority(),
            metadata,
            configuration.timeout());
    return ServerReflection.ask(server, services, step.place(), context.clock()::nanos);
  }

  private static String text(List<Segment> fixed) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : fixed) {
      if (segment instanceof Segment.Fixed(byte[] bytes)) {
        text.append(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static void services(List<LoadStep> flow, Set<String> into) {
    for (LoadStep step : flow) {
      String method = step.grpc();
      if (method != null) {
        String name = method.startsWith("/") ? method.substring(1) : method;
        int slash = name.indexOf('/');
        into.add(slash < 0 ? name : name.substring(0, slash));
      }
      services(step.steps(), into);
    }
  }
}
