/**
 * gRPC as a load generator sees it: schemas, messages, framing and status. Knows nothing of HTTP/2
 * connections, of arrivals or of evidence.
 *
 * <p>{@link dev.assay.load.grpc.GrpcSchema} is made by {@link dev.assay.load.grpc.ProtoSources}
 * (from {@code .proto} files, without any program on the machine), {@link
 * dev.assay.load.grpc.DescriptorSets} (from a compiled set) or {@link
 * dev.assay.load.grpc.ServerReflection} (by asking the server). {@link
 * dev.assay.load.grpc.MessageCompiler} turns a message written as JSON into bytes with places for
 * values, {@link dev.assay.load.grpc.MessageScanner} finds the messages in what comes back, {@link
 * dev.assay.load.grpc.ResponseHead} the status, {@link dev.assay.load.grpc.MessageDecoder} the
 * values that somebody asks for.
 *
 * <p>The usual change: a new form of JSON for a well-known type goes into {@link
 * dev.assay.load.grpc.MessageCompiler} and {@link dev.assay.load.grpc.MessageDecoder}; a new
 * statement of the language of {@code .proto} files into {@link dev.assay.load.grpc.ProtoParser}.
 */
@NullMarked
package dev.assay.load.grpc;

import org.jspecify.annotations.NullMarked;
