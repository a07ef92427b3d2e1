package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.assay.api.problem.Place;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The schemas of the tests. */
public final class ProtoFixture {

  static final Place HERE = new Place("assay.yaml", 7, 9, "grpc: shop.Orders/Place");

  private ProtoFixture() {}

  public static Path folder() {
    try {
      return Path.of(
              Objects.requireNonNull(ProtoFixture.class.getResource("/grpc/shop/orders.proto"))
                  .toURI())
          .getParent()
          .getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static List<FileDescriptor> files() {
    return new ProtoSources(folder(), List.of())
        .compile(
            List.of(
                Path.of("shop/orders.proto"),
                Path.of("shop/legacy.proto"),
                Path.of("shop/modern.proto")),
            HERE);
  }

  public static GrpcSchema schema() {
    return new GrpcSchema(files());
  }

  static Descriptor type(GrpcSchema schema, String name) {
    return Objects.requireNonNull(schema.message(name));
  }
}
