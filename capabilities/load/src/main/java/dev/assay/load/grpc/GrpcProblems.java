package dev.assay.load.grpc;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that a gRPC step of a load check can report. */
public final class GrpcProblems {

  static final ProblemType SYNTAX =
      user(
          "101",
          "A .proto file cannot be read",
          "Assay reads .proto files itself, in the syntaxes proto2, proto3 and the editions 2023 and"
              + " 2024, and found something there that the language has not. The place is that of"
              + " the first word that does not fit. A compiler such as protoc or buf refuses the"
              + " same text; mend the file, or check that it is the one you meant.");

  static final ProblemType FILE =
      environment(
          "102",
          "A schema file is not there",
          "The files under 'proto' are looked for below each folder of 'proto paths' and below the"
              + " workspace's folder. Files that end in .proto are read as sources, all others as"
              + " a compiled descriptor set. This one could not be read, or is larger than 64 MB."
              + " Nothing was sent.");

  static final ProblemType IMPORT =
      user(
          "103",
          "An import is not found",
          "An import names a file below one of the folders of 'proto paths'; google/protobuf/*.proto"
              + " is always there. An import that only custom options need may be missing, but of"
              + " this one a type is needed. Add the folder that its path starts from to 'proto"
              + " paths' (for 'google/api/http.proto' the folder that holds 'google').");

  static final ProblemType TYPE =
      user(
          "104",
          "A type is not defined",
          "A field, a method or an extension names a message or an enum that neither its own file"
              + " nor the files it imports define. Names are looked for from the innermost message"
              + " outwards to the package, as every compiler does. Correct the name, or import the"
              + " file that defines it.");

  static final ProblemType DEFINITION =
      user(
          "105",
          "A definition contradicts the rules",
          "The text of the .proto file can be read, but what it says cannot be: two fields with one"
              + " number or name, a number out of 1 to 536870911 or within 19000 to 19999, an enum"
              + " without values, a default that does not fit its type. Every compiler refuses it.");

  static final ProblemType DESCRIPTOR_SET =
      user(
          "106",
          "A descriptor set cannot be used",
          "The file is no FileDescriptorSet, or lacks a file that another one in it imports. Make it"
              + " with 'protoc --descriptor_set_out=shop.pb --include_imports shop.proto' or 'buf"
              + " build -o shop.binpb'. Files with another ending than .proto are read in this way.");

  static final ProblemType NO_REFLECTION =
      environment(
          "107",
          "The server does not tell its schema",
          "Without 'proto' in the check the schema is asked from the server, by gRPC server"
              + " reflection (grpc.reflection.v1 and v1alpha), and this server offers neither. Turn"
              + " reflection on in the server, or give the schema: 'proto: [ shop.proto ]'. Nothing"
              + " else was sent.");

  static final ProblemType REFLECTION =
      environment(
          "108",
          "Asking the server for its schema failed",
          "Without 'proto' in the check the schema is asked from the server before the start. The"
              + " server could not be reached, does not speak HTTP/2, or answered what is no"
              + " schema. Look at the address and whether it is with or without TLS, or give the"
              + " schema: 'proto: [ shop.proto ]'.");

  static final ProblemType METHOD =
      user(
          "109",
          "There is no such gRPC method",
          "A step's 'grpc' is the full name of a service with its package, a slash and the method:"
              + " 'grpc: shop.Orders/Place'. The schema has no such service or method.");

  static final ProblemType FIELD =
      user(
          "110",
          "A message has no such field",
          "The members of 'message' are the fields of the method's request type, by the name in the"
              + " .proto file or its JSON form (unit_price or unitPrice). An unknown one would be"
              + " left out silently and make the measurement one of another request.");

  static final ProblemType VALUE =
      user(
          "111",
          "A value does not fit its field",
          "Values of a message are written as the JSON form of Protocol Buffers says: whole numbers"
              + " within the range of the field's type, bytes as base64, enums by name or number,"
              + " repeated fields as lists, maps as objects, a Timestamp as '2026-01-31T12:00:00Z',"
              + " a Duration as '1.5s'. ${...} of a feeder or an earlier step may stand in texts,"
              + " bytes, numbers, booleans and enums, not in the name of a field.");

  static final ProblemType MESSAGES =
      user(
          "112",
          "The messages do not fit the kind of the method",
          "A method that takes one request has 'message' (none is an empty one); one that takes a"
              + " stream has 'messages', a list in the order they are sent, or one 'message'. Only"
              + " one of the two can be written. At most 100000 messages fit into one step.");

  static final ProblemType STATUS =
      user(
          "113",
          "There is no such gRPC status",
          "'expect: { grpc: ... }' is the name of a status (OK, NOT_FOUND, UNAVAILABLE), its number"
              + " (0 to 16), or a comparison of one of them (!= OK). No status meets this one, so"
              + " every call would count as an error.");

  private GrpcProblems() {}

  /** All of them. */
  public static List<ProblemType> all() {
    return List.of(
        SYNTAX,
        FILE,
        IMPORT,
        TYPE,
        DEFINITION,
        DESCRIPTOR_SET,
        NO_REFLECTION,
        REFLECTION,
        METHOD,
        FIELD,
        VALUE,
        MESSAGES,
        STATUS);
  }

  /** The messages of a step do not fit its method. */
  public static ProblemException messages(Place place, String what, String mend) {
    return MESSAGES.failure(place, what, mend);
  }

  /** A file of the schema cannot be read. */
  public static ProblemException file(Place place, String what, String mend) {
    return FILE.failure(place, what, mend);
  }

  /** The same as {@link #messages}, to be reported with others. */
  public static Problem misplaced(Place place, String what, String mend) {
    return MESSAGES.at(place, what, mend);
  }

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.USER, title, explanation);
  }

  private static ProblemType environment(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.ENVIRONMENT, title, explanation);
  }
}
