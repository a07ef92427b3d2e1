package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A gRPC server of grpc-java on a real socket that serves {@code shop.Orders}. */
public final class GrpcFixture implements AutoCloseable {

  private final Server server;

  /**
   * Starts it.
   *
   * @param more adds what else it serves
   */
  public GrpcFixture(Consumer<NettyServerBuilder> more) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    for (FileDescriptor file : ProtoFixture.files()) {
      file.getServices().forEach(service -> builder.addService(serve(service)));
    }
    more.accept(builder);
    try {
      server = builder.build().start();
    } catch (IOException noSocket) {
      throw new UncheckedIOException(noSocket);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  private static ServerServiceDefinition serve(ServiceDescriptor service) {
    io.grpc.ServiceDescriptor.Builder described =
        io.grpc.ServiceDescriptor.newBuilder(service.getFullName())
            .setSchemaDescriptor((ProtoFileDescriptorSupplier) service::getFile);
    List<io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage>> methods =
        service.getMethods().stream().map(GrpcFixture::method).toList();
    methods.forEach(described::addMethod);
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(described.build());
    methods.forEach(method -> definition.addMethod(method, new Orders()));
    return definition.build();
  }

  private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method(
      MethodDescriptor method) {
    io.grpc.MethodDescriptor.MethodType type =
        method.isClientStreaming()
            ? method.isServerStreaming()
                ? io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING
                : io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING
            : method.isServerStreaming()
                ? io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING
                : io.grpc.MethodDescriptor.MethodType.UNARY;
    return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(type)
        .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
        .setRequestMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
        .setResponseMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
        .build();
  }

  /**
   * Answers each order with its product as the id. {@code Watch} answers three times, {@code Talk}
   * each message at once, {@code Fill} with how many came. A customer named like a status gets it,
   * one named SLOW waits for ever, one named HUGE gets a message of 5 MB.
   */
  private static final class Orders implements ServerCallHandler<DynamicMessage, DynamicMessage> {
    @Override
    public ServerCall.Listener<DynamicMessage> startCall(
        ServerCall<DynamicMessage, DynamicMessage> call, Metadata headers) {
      call.sendHeaders(new Metadata());
      call.request(Integer.MAX_VALUE);
      return new ServerCall.Listener<>() {
        private final String method = call.getMethodDescriptor().getBareMethodName();
        private Status status = Status.OK;
        private long id;
        private int many;
        private boolean slow;
        private boolean huge;

        @Override
        public void onMessage(DynamicMessage request) {
          Descriptor type = request.getDescriptorForType();
          if (type.findFieldByName("customer") == null) {
            call.sendMessage(request);
            return;
          }
          id = (Integer) request.getField(type.findFieldByName("product"));
          many++;
          String customer = (String) request.getField(type.findFieldByName("customer"));
          slow = customer.equals("SLOW");
          huge = customer.equals("HUGE");
          for (Status.Code code : Status.Code.values()) {
            if (code.name().equals(customer)) {
              status = code.toStatus().withDescription("because of " + id + " é");
            }
          }
          if (status.isOk() && method.equals("Talk")) {
            call.sendMessage(order(id, many));
          }
        }

        @Override
        public void onHalfClose() {
          if (slow) {
            return;
          }
          if (status.isOk() && method.equals("Watch")) {
            for (int i = 1; i <= 3; i++) {
              call.sendMessage(order(id, i));
            }
          } else if (status.isOk() && (method.equals("Place") || method.equals("Fill"))) {
            call.sendMessage(order(id, many));
          }
          call.close(status, new Metadata());
        }

        private DynamicMessage order(long number, int lines) {
          Descriptor type = output(call.getMethodDescriptor());
          DynamicMessage.Builder order = DynamicMessage.newBuilder(type);
          order.setField(type.findFieldByName("id"), number);
          Descriptor line = type.findFieldByName("lines").getMessageType();
          DynamicMessage.Builder one = DynamicMessage.newBuilder(line);
          if (huge) {
            one.setField(line.findFieldByName("sku"), "x".repeat(5 << 20));
          }
          for (int i = 0; i < lines; i++) {
            order.addRepeatedField(type.findFieldByName("lines"), one.build());
          }
          return order.build();
        }
      };
    }
  }

  private static Descriptor output(
      io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method) {
    var marshaller =
        (io.grpc.MethodDescriptor.PrototypeMarshaller<DynamicMessage>)
            method.getResponseMarshaller();
    return marshaller.getMessagePrototype().getDescriptorForType();
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }
}
