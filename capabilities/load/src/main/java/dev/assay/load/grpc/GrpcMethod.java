package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.Descriptor;

/**
 * A method that can be called. Immutable.
 *
 * @param path what is requested: {@code /shop.Orders/Place}
 * @param input the type of what is sent
 * @param output the type of what comes back
 * @param clientStreams whether any number of messages may be sent, else exactly one
 * @param serverStreams whether any number of messages may come back, else exactly one
 */
public record GrpcMethod(
    String path,
    Descriptor input,
    Descriptor output,
    boolean clientStreams,
    boolean serverStreams) {}
