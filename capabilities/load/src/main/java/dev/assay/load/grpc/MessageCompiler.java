package dev.assay.load.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Template;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes messages that are written as JSON, by the JSON form of Protocol Buffers ("ProtoJSON
 * Format"), with {@code ${...}} in their texts.
 */
public final class MessageCompiler {

  private final GrpcSchema schema;
  private final Predicate<String> later;
  private final Function<Template, String> now;

  /**
   * A compiler of messages of a schema.
   *
   * @param later whether a name is filled for each request
   * @param now fills all other names
   */
  public MessageCompiler(
      GrpcSchema schema, Predicate<String> later, Function<Template, String> now) {
    this.schema = schema;
    this.later = later;
    this.now = now;
  }

  /**
   * Encodes a message.
   *
   * @param type its type
   * @param message how it is written
   * @param place where it is written
   * @throws dev.assay.api.problem.ProblemException if a field or a value does not fit the type
   */
  public MessageProgram compile(Descriptor type, Json message, Place place) {
    Run run = new Run(place);
    Pieces pieces = new Pieces();
    run.body(pieces, type, message, "$");
    return new MessageProgram(pieces.list(), run.values);
  }

  /** One message under way. */
  private final class Run {

    private final Place place;
    private final List<Template> values = new ArrayList<>();

    Run(Place place) {
      this.place = place;
    }

    // ---------------------------------------------------------------- messages

    void body(Pieces out, Descriptor type, Json value, String path) {
      switch (type.getFullName()) {
        case "google.protobuf.Timestamp" -> time(out, type, value, path, false);
        case "google.protobuf.Duration" -> time(out, type, value, path, true);
        case "google.protobuf.FieldMask" -> fieldMask(out, type, value, path);
        case "google.protobuf.Value" -> dynamic(out, value, path);
        case "google.protobuf.Struct" -> struct(out, object(value, type, path), path);
        case "google.protobuf.ListValue" -> list(out, array(value, path), path);
        case "google.protobuf.Any" -> any(out, object(value, type, path), path);
        case "google.protobuf.DoubleValue",
            "google.protobuf.FloatValue",
            "google.protobuf.Int64Value",
            "google.protobuf.UInt64Value",
            "google.protobuf.Int32Value",
            "google.protobuf.UInt32Value",
            "google.protobuf.BoolValue",
            "google.protobuf.StringValue",
            "google.protobuf.BytesValue" -> {
          FieldDescriptor field = type.findFieldByNumber(1);
          if (value instanceof Json.Obj) {
            fields(out, type, object(value, type, path), path);
          } else {
            field(out, field, value, path);
          }
        }
        default -> fields(out, type, object(value, type, path), path);
      }
    }

    private void fields(Pieces out, Descriptor type, Json.Obj object, String path) {
      Map<FieldDescriptor, Json> members =
          new TreeMap<>(Comparator.comparingInt(FieldDescriptor::getNumber));
      Map<String, String> oneofs = new HashMap<>();
      object
          .members()
          .forEach((name, value) -> {
            FieldDescriptor field = named(type, name, path);
            if (value instanceof Json.Null && !takesNull(field)) {
              return;
            }
            if (members.put(field, value) != null) {
              throw wrong(
                  path, "the field '" + name + "' is there by both of its names", "keep one");
            }
            if (field.getRealContainingOneof() != null) {
              String other = oneofs.put(field.getRealContainingOneof().getName(), name);
              if (other != null) {
                throw wrong(
                    path,
                    "'"
                        + other
                        + "' and '"
                        + name
                        + "' exclude each other, both are of the oneof '"
                        + field.getRealContainingOneof().getName()
                        + "'",
                    "keep one of the two");
              }
            }
          });
      for (FieldDescriptor field : type.getFields()) {
        if (field.isRequired() && !members.containsKey(field)) {
          throw wrong(path, "the required field '" + field.getName() + "' is missing", "add it");
        }
      }
      members.forEach((field, value) -> field(out, field, value, join(path, field)));
    }

    private static String join(String path, FieldDescriptor field) {
      return path + "." + (field.isExtension() ? "[" + field.getFullName() + "]" : field.getName());
    }

    private boolean takesNull(FieldDescriptor field) {
      return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && field.getMessageType().getFullName().equals("google.protobuf.Value")
          || field.getJavaType() == FieldDescriptor.JavaType.ENUM
              && field.getEnumType().getFullName().equals("google.protobuf.NullValue");
    }

    private FieldDescriptor named(Descriptor type, String name, String path) {
      if (name.startsWith("[") && name.endsWith("]")) {
        FieldDescriptor extension = schema.extension(name.substring(1, name.length() - 1));
        if (extension != null && extension.getContainingType() == type) {
          return extension;
        }
      }
      FieldDescriptor field = type.findFieldByName(name);
      if (field != null) {
        return field;
      }
      List<String> names = new ArrayList<>();
      for (FieldDescriptor other : type.getFields()) {
        if (other.getJsonName().equals(name)) {
          return other;
        }
        names.add(other.getName());
      }
      throw GrpcProblems.FIELD.failure(
          place,
          "the message " + type.getFullName() + " at " + path + " has no field '" + name + "'",
          Nearest.mend(name, names));
    }

    private void field(Pieces out, FieldDescriptor field, Json value, String path) {
      if (field.isMapField()) {
        map(out, field, object(value, field.getMessageType(), path), path);
      } else if (field.isRepeated()) {
        repeated(out, field, array(value, path), path);
      } else if (field.hasPresence() || !isDefault(field, value)) {
        single(out, field, value, path);
      }
    }

    private void map(Pieces out, FieldDescriptor field, Json.Obj entries, String path) {
      FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
      FieldDescriptor mapped = field.getMessageType().findFieldByNumber(2);
      entries
          .members()
          .forEach((name, value) -> {
            String at = path + "['" + name + "']";
            Pieces entry = new Pieces();
            single(entry, key, Json.of(name), at);
            single(entry, mapped, value, at);
            tag(out, field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.nested(entry);
          });
    }

    private void repeated(Pieces out, FieldDescriptor field, List<Json> items, String path) {
      if (!field.isPacked()) {
        for (int i = 0; i < items.size(); i++) {
          single(out, field, items.get(i), path + "[" + i + "]");
        }
      } else if (!items.isEmpty()) {
        Pieces packed = new Pieces();
        for (int i = 0; i < items.size(); i++) {
          scalar(packed, field, items.get(i), path + "[" + i + "]");
        }
        tag(out, field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.nested(packed);
      }
    }

    private void single(Pieces out, FieldDescriptor field, Json value, String path) {
      switch (field.getType()) {
        case GROUP -> {
          tag(out, field, WireFormat.WIRETYPE_START_GROUP);
          body(out, field.getMessageType(), value, path);
          tag(out, field, WireFormat.WIRETYPE_END_GROUP);
        }
        case MESSAGE -> {
          Pieces inner = new Pieces();
          body(inner, field.getMessageType(), value, path);
          tag(out, field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.nested(inner);
        }
        default -> {
          tag(out, field, field.getLiteType().getWireType());
          scalar(out, field, value, path);
        }
      }
    }

    private static void tag(Pieces out, FieldDescriptor field, int wireType) {
      out.fixed(to -> to.writeTag(field.getNumber(), wireType));
    }

    // ---------------------------------------------------------------- scalars

    private void scalar(Pieces out, FieldDescriptor field, Json value, String path) {
      if (value instanceof Json.Text text) {
        Template template = template(text.value(), path);
        if (template.names().isEmpty()) {
          fixed(out, field, Json.of(template.fill(name -> "")), path);
        } else {
          filled(out, field, template);
        }
      } else {
        fixed(out, field, value, path);
      }
    }

    /** The template with all names filled that are known already. */
    private Template template(String text, String path) {
      Template written;
      try {
        written = Template.parse(text);
      } catch (IllegalArgumentException broken) {
        throw wrong(path, String.valueOf(broken.getMessage()), "write $$ for one dollar sign");
      }
      List<Template.Part> parts = new ArrayList<>();
      for (Template.Part part : written.parts()) {
        if (part instanceof Template.Name(String name) && !later.test(name)) {
          parts.add(
              new Template.Literal(now.apply(new Template("${" + name + "}", List.of(part)))));
        } else {
          parts.add(part);
        }
      }
      return new Template(text, parts);
    }

    private void filled(Pieces out, FieldDescriptor field, Template template) {
      MessageProgram.Form form =
          switch (field.getType()) {
            case DOUBLE -> MessageProgram.Form.DOUBLE;
            case FLOAT -> MessageProgram.Form.FLOAT;
            case INT64 -> MessageProgram.Form.INT64;
            case UINT64 -> MessageProgram.Form.UINT64;
            case INT32 -> MessageProgram.Form.INT32;
            case FIXED64 -> MessageProgram.Form.FIXED64;
            case FIXED32 -> MessageProgram.Form.FIXED32;
            case BOOL -> MessageProgram.Form.BOOL;
            case STRING -> MessageProgram.Form.STRING;
            case BYTES -> MessageProgram.Form.BYTES;
            case UINT32 -> MessageProgram.Form.UINT32;
            case ENUM -> MessageProgram.Form.ENUM;
            case SFIXED32 -> MessageProgram.Form.SFIXED32;
            case SFIXED64 -> MessageProgram.Form.SFIXED64;
            case SINT32 -> MessageProgram.Form.SINT32;
            case SINT64 -> MessageProgram.Form.SINT64;
            case GROUP, MESSAGE -> throw new IllegalStateException("no scalar: " + field);
          };
      byte[][] names = {};
      int[] numbers = {};
      if (form == MessageProgram.Form.ENUM) {
        List<EnumValueDescriptor> all = field.getEnumType().getValues();
        names =
            all.stream()
                .map(one -> one.getName().getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        numbers = all.stream().mapToInt(EnumValueDescriptor::getNumber).toArray();
      }
      out.filled(new MessageProgram.Filled(values.size(), form, names, numbers));
      values.add(template);
    }

    private void fixed(Pieces out, FieldDescriptor field, Json value, String path) {
      switch (field.getType()) {
        case DOUBLE -> {
          double number = real(field, value, path);
          out.fixed(to -> to.writeDoubleNoTag(number));
        }
        case FLOAT -> {
          float number = (float) real(field, value, path);
          out.fixed(to -> to.writeFloatNoTag(number));
        }
        case BOOL -> {
          boolean bool = bool(field, value, path);
          out.fixed(to -> to.writeBoolNoTag(bool));
        }
        case STRING -> {
          String text = text(field, value, path);
          out.fixed(to -> to.writeStringNoTag(text));
        }
        case BYTES -> {
          byte[] bytes = bytes(field, value, path);
          out.fixed(to -> to.writeByteArrayNoTag(bytes));
        }
        case ENUM -> {
          int number = enumNumber(field, value, path);
          out.fixed(to -> to.writeEnumNoTag(number));
        }
        default -> {
          long number = whole(field, value, path);
          out.fixed(to -> {
            switch (field.getType()) {
              case INT64, UINT64 -> to.writeUInt64NoTag(number);
              case INT32 -> to.writeInt32NoTag((int) number);
              case UINT32 -> to.writeUInt32NoTag((int) number);
              case FIXED64, SFIXED64 -> to.writeFixed64NoTag(number);
              case FIXED32, SFIXED32 -> to.writeFixed32NoTag((int) number);
              case SINT32 -> to.writeSInt32NoTag((int) number);
              case SINT64 -> to.writeSInt64NoTag(number);
              default -> throw new IllegalStateException("no number: " + field);
            }
          });
        }
      }
    }

    /** Whether it is what a field without presence has anyway, and so is not sent. */
    private static boolean isDefault(FieldDescriptor field, Json value) {
      return switch (field.getJavaType()) {
        case INT, LONG, FLOAT, DOUBLE -> value.equals(Json.of(0));
        case BOOLEAN -> value.equals(Json.of(false));
        case STRING, BYTE_STRING -> value.equals(Json.of(""));
        case ENUM, MESSAGE -> false;
      };
    }

    private long whole(FieldDescriptor field, Json value, String path) {
      BigDecimal number =
          switch (value) {
            case Json.Whole(long whole) -> BigDecimal.valueOf(whole);
            case Json.Real(double real) -> new BigDecimal(real);
            case Json.Text(String text) -> Numbers.decimal(text);
            default -> null;
          };
      BigInteger whole = number == null ? null : Numbers.whole(number);
      Numbers.Range range = Numbers.range(field.getType());
      if (whole == null || !range.holds(whole)) {
        throw misfit(
            field,
            value,
            path,
            "write a whole number from "
                + range.least()
                + " to "
                + range.most()
                + (value instanceof Json.Real ? "; a very large one in quotes" : ""));
      }
      return whole.longValue();
    }

    private double real(FieldDescriptor field, Json value, String path) {
      double number =
          switch (value) {
            case Json.Whole(long whole) -> whole;
            case Json.Real(double real) -> real;
            case Json.Text(String text) -> {
              Double parsed = Numbers.real(text);
              if (parsed == null) {
                throw misfit(field, value, path, "write a number, or NaN, Infinity or -Infinity");
              }
              yield parsed;
            }
            default -> throw misfit(field, value, path, "write a number");
          };
      boolean single = field.getType() == FieldDescriptor.Type.FLOAT;
      if (single && Double.isFinite(number) && Float.isInfinite((float) number)) {
        throw misfit(field, value, path, "write a number within the range of a float, 3.4e38");
      }
      return number;
    }

    private boolean bool(FieldDescriptor field, Json value, String path) {
      return switch (value) {
        case Json.Bool(boolean bool) -> bool;
        case Json.Text(String text) when text.equals("true") -> true;
        case Json.Text(String text) when text.equals("false") -> false;
        default -> throw misfit(field, value, path, "write true or false");
      };
    }

    private String text(FieldDescriptor field, Json value, String path) {
      if (value instanceof Json.Text(String text)) {
        return text;
      }
      throw misfit(field, value, path, "put it into quotes");
    }

    private byte[] bytes(FieldDescriptor field, Json value, String path) {
      if (value instanceof Json.Text(String text)) {
        byte[] decoded = Numbers.base64(text);
        if (decoded != null) {
          return decoded;
        }
      }
      throw misfit(field, value, path, "write the bytes in base64, such as 'aGVsbG8='");
    }

    private int enumNumber(FieldDescriptor field, Json value, String path) {
      EnumDescriptor type = field.getEnumType();
      if (value instanceof Json.Null && type.getFullName().equals("google.protobuf.NullValue")) {
        return 0;
      }
      if (value instanceof Json.Text(String name)) {
        EnumValueDescriptor found = type.findValueByName(name);
        if (found != null) {
          return found.getNumber();
        }
        throw misfit(
            field,
            value,
            path,
            Nearest.mend(
                name, type.getValues().stream().map(EnumValueDescriptor::getName).toList()));
      }
      if (value instanceof Json.Whole(long number)
          && number == (int) number
          && (!type.isClosed() || type.findValueByNumber((int) number) != null)) {
        return (int) number;
      }
      throw misfit(field, value, path, "write the name of a value of " + type.getFullName());
    }

    // ---------------------------------------------------------------- well-known types

    private void time(Pieces out, Descriptor type, Json value, String path, boolean duration) {
      if (value instanceof Json.Obj object) {
        fields(out, type, object, path);
        return;
      }
      Template template = value instanceof Json.Text(String text) ? template(text, path) : null;
      if (template != null && !template.names().isEmpty()) {
        throw wrong(
            path,
            "'" + template.source() + "' is filled for each request, but a time is encoded before",
            "write { seconds: \"" + template.source() + "\" }");
      }
      String text = template == null ? "" : template.fill(name -> "");
      Times.Parsed parsed = duration ? Times.duration(text) : Times.timestamp(text);
      if (parsed == null) {
        throw wrong(
            path,
            "'" + shown(value) + "' is no " + (duration ? "duration" : "time"),
            duration
                ? "write seconds with an s, such as '1.5s'"
                : "write it as '2026-01-31T12:00:00Z'");
      }
      if (parsed.seconds() != 0) {
        out.fixed(to -> to.writeInt64(1, parsed.seconds()));
      }
      if (parsed.nanos() != 0) {
        out.fixed(to -> to.writeInt32(2, parsed.nanos()));
      }
    }

    private void fieldMask(Pieces out, Descriptor type, Json value, String path) {
      if (value instanceof Json.Obj object) {
        fields(out, type, object, path);
        return;
      }
      FieldDescriptor paths = type.findFieldByName("paths");
      String text = text(paths, value, path);
      if (!text.isEmpty()) {
        List<Json> masks = new ArrayList<>();
        for (String one : text.split(",", -1)) {
          masks.add(Json.of(one.strip().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)));
        }
        repeated(out, paths, masks, path);
      }
    }

    private void struct(Pieces out, Json.Obj object, String path) {
      FieldDescriptor fields = Struct.getDescriptor().findFieldByName("fields");
      map(out, fields, object, path);
    }

    private void list(Pieces out, List<Json> items, String path) {
      FieldDescriptor values = ListValue.getDescriptor().findFieldByName("values");
      repeated(out, values, items, path);
    }

    private void dynamic(Pieces out, Json value, String path) {
      Descriptor type = Value.getDescriptor();
      String kind =
          switch (value) {
            case Json.Null _ -> "null_value";
            case Json.Bool _ -> "bool_value";
            case Json.Whole _, Json.Real _ -> "number_value";
            case Json.Text _ -> "string_value";
            case Json.Obj _ -> "struct_value";
            case Json.Array _ -> "list_value";
          };
      single(out, type.findFieldByName(kind), value, path);
    }

    private void any(Pieces out, Json.Obj object, String path) {
      if (object.members().isEmpty()) {
        return;
      }
      if (!(object.members().get("@type") instanceof Json.Text(String url))) {
        throw wrong(
            path,
            "an Any says its type in '@type', and there is none",
            "add '@type': 'type.googleapis.com/' with the full name of the message");
      }
      Descriptor type = schema.message(url.substring(url.lastIndexOf('/') + 1));
      if (type == null) {
        throw wrong(
            path,
            "the type '" + url + "' of an Any is not in the schema",
            "name the file that defines it under 'proto' too");
      }
      Map<String, Json> rest = new LinkedHashMap<>(object.members());
      rest.remove("@type");
      Pieces inner = new Pieces();
      boolean special = Times.special(type.getFullName());
      Json content = special ? rest.getOrDefault("value", Json.Null.VALUE) : new Json.Obj(rest);
      body(inner, type, content, path);
      out.fixed(to -> to.writeString(1, url));
      out.fixed(to -> to.writeTag(2, WireFormat.WIRETYPE_LENGTH_DELIMITED));
      out.nested(inner);
    }

    // ---------------------------------------------------------------- shapes and problems

    private Json.Obj object(Json value, Descriptor type, String path) {
      if (value instanceof Json.Obj object) {
        return object;
      }
      throw wrong(
          path,
          "'" + shown(value) + "' stands for the message " + type.getFullName(),
          "write it as a map, { field: value }");
    }

    private List<Json> array(Json value, String path) {
      if (value instanceof Json.Array(List<Json> items)) {
        return items;
      }
      throw wrong(
          path, "'" + shown(value) + "' stands for a repeated field", "write a list, [ value ]");
    }

    private RuntimeException misfit(FieldDescriptor field, Json value, String path, String mend) {
      String type =
          switch (field.getType()) {
            case ENUM -> field.getEnumType().getFullName();
            case MESSAGE, GROUP -> field.getMessageType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
          };
      return wrong(path, "'" + shown(value) + "' is no " + type, mend);
    }

    private RuntimeException wrong(String path, String what, String mend) {
      return GrpcProblems.VALUE.failure(place, path + ": " + what, mend);
    }

    private static String shown(@Nullable Json value) {
      String text =
          switch (value) {
            case null -> "nothing";
            case Json.Text(String content) -> content;
            default -> JsonWriter.canonical(value);
          };
      return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
  }
}
