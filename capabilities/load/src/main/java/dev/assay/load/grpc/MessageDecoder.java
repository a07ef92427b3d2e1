package dev.assay.load.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.assay.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages into their JSON form ("ProtoJSON Format"), with the names of the {@code .proto}
 * file and with fields that have their default. For responses that somebody expects or saves
 * something of; it allocates. Immutable.
 */
public final class MessageDecoder {

  private final GrpcSchema schema;
  private final Descriptor type;
  private final ExtensionRegistry extensions;

  /** A decoder of messages of that type. */
  public MessageDecoder(GrpcSchema schema, Descriptor type) {
    this.schema = schema;
    this.type = type;
    this.extensions = schema.registry();
  }

  /** The message as JSON, or null where the bytes are no such message. */
  public @Nullable Json decode(byte[] bytes, int from, int to) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes, from, to - from);
      return body(DynamicMessage.parseFrom(type, in, extensions));
    } catch (IOException noSuchMessage) {
      return null;
    }
  }

  private Json body(Message message) throws InvalidProtocolBufferException {
    Descriptor descriptor = message.getDescriptorForType();
    return switch (descriptor.getFullName()) {
      case "google.protobuf.Timestamp" ->
          Json.of(Times.timestampText(whole(message, 1), (int) whole(message, 2)));
      case "google.protobuf.Duration" ->
          Json.of(Times.durationText(whole(message, 1), (int) whole(message, 2)));
      case "google.protobuf.FieldMask" ->
          Json.of(
              items(message, descriptor.findFieldByNumber(1)).stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(",")));
      case "google.protobuf.Struct" -> field(message, descriptor.findFieldByNumber(1));
      case "google.protobuf.ListValue" -> field(message, descriptor.findFieldByNumber(1));
      case "google.protobuf.Value" -> dynamic(message);
      case "google.protobuf.Any" -> any(message);
      case "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue" ->
          field(message, descriptor.findFieldByNumber(1));
      default -> new Json.Obj(fields(message));
    };
  }

  private static long whole(Message message, int number) {
    Object value = message.getField(message.getDescriptorForType().findFieldByNumber(number));
    return ((Number) value).longValue();
  }

  private static List<?> items(Message message, FieldDescriptor field) {
    return (List<?>) message.getField(field);
  }

  private Map<String, Json> fields(Message message) throws InvalidProtocolBufferException {
    Map<String, Json> members = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!field.hasPresence() || message.hasField(field)) {
        members.put(field.getName(), field(message, field));
      }
    }
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.isExtension()) {
        members.put("[" + field.getFullName() + "]", field(message, field));
      }
    }
    return members;
  }

  private Json field(Message message, FieldDescriptor field) throws InvalidProtocolBufferException {
    if (field.isMapField()) {
      Map<String, Json> entries = new LinkedHashMap<>();
      for (Object item : items(message, field)) {
        Message entry = (Message) item;
        Descriptor types = entry.getDescriptorForType();
        Object key = entry.getField(types.findFieldByNumber(1));
        FieldDescriptor value = types.findFieldByNumber(2);
        entries.put(String.valueOf(keyed(types, key)), value(value, entry.getField(value)));
      }
      return new Json.Obj(entries);
    }
    if (field.isRepeated()) {
      List<Json> all = new ArrayList<>();
      for (Object item : items(message, field)) {
        all.add(value(field, item));
      }
      return Json.array(all);
    }
    return value(field, message.getField(field));
  }

  private static Object keyed(Descriptor entry, Object key) {
    return switch (entry.findFieldByNumber(1).getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) key);
      case UINT64, FIXED64 -> Long.toUnsignedString((Long) key);
      default -> key;
    };
  }

  private Json value(FieldDescriptor field, Object value) throws InvalidProtocolBufferException {
    return switch (field.getType()) {
      case DOUBLE -> real((Double) value);
      case FLOAT -> single((Float) value);
      case BOOL -> Json.of((boolean) (Boolean) value);
      case INT32, SINT32, SFIXED32 -> Json.of((long) (Integer) value);
      case UINT32, FIXED32 -> Json.of(Integer.toUnsignedLong((Integer) value));
      case INT64, SINT64, SFIXED64 -> Json.of(Long.toString((Long) value));
      case UINT64, FIXED64 -> Json.of(Long.toUnsignedString((Long) value));
      case STRING -> Json.of((String) value);
      case BYTES -> Json.of(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> enumValue((EnumValueDescriptor) value);
      case MESSAGE, GROUP -> body((Message) value);
    };
  }

  private static Json enumValue(EnumValueDescriptor value) {
    if (value.getType().getFullName().equals("google.protobuf.NullValue")) {
      return Json.Null.VALUE;
    }
    boolean known = value.getType().findValueByNumber(value.getNumber()) != null;
    return known ? Json.of(value.getName()) : Json.of((long) value.getNumber());
  }

  private static Json real(double value) {
    return Double.isFinite(value) ? Json.of(value) : Json.of(Double.toString(value));
  }

  /** The shortest decimal that is this float, not the double that it widens to. */
  private static Json single(float value) {
    return Float.isFinite(value)
        ? Json.of(Double.parseDouble(Float.toString(value)))
        : Json.of(Float.toString(value));
  }

  private Json dynamic(Message message) throws InvalidProtocolBufferException {
    for (Map.Entry<FieldDescriptor, Object> one : message.getAllFields().entrySet()) {
      return value(one.getKey(), one.getValue());
    }
    return Json.Null.VALUE;
  }

  private Json any(Message message) throws InvalidProtocolBufferException {
    Descriptor descriptor = message.getDescriptorForType();
    String url = (String) message.getField(descriptor.findFieldByNumber(1));
    ByteString content = (ByteString) message.getField(descriptor.findFieldByNumber(2));
    Descriptor inner = schema.message(url.substring(url.lastIndexOf('/') + 1));
    Map<String, Json> members = new LinkedHashMap<>();
    if (url.isEmpty() && content.isEmpty()) {
      return new Json.Obj(members);
    }
    members.put("@type", Json.of(url));
    if (inner == null) {
      members.put("value", Json.of(Base64.getEncoder().encodeToString(content.toByteArray())));
      return new Json.Obj(members);
    }
    Message unpacked = DynamicMessage.parseFrom(inner, content, extensions);
    if (Times.special(inner.getFullName())) {
      members.put("value", body(unpacked));
    } else {
      members.putAll(fields(unpacked));
    }
    return new Json.Obj(members);
  }
}
