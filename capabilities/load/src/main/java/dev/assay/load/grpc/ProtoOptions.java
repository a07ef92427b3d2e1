package dev.assay.load.grpc;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads options into their messages of {@code descriptor.proto}, because some of them (packed,
 * features, map entries) change the bytes. Custom options, whose names stand in parentheses, never
 * do, and are passed over.
 */
final class ProtoOptions {

  private static final TextFormat.Parser AGGREGATES =
      TextFormat.Parser.newBuilder().setAllowUnknownExtensions(true).build();

  private final ProtoTokens tokens;

  ProtoOptions(ProtoTokens tokens) {
    this.tokens = tokens;
  }

  /** Reads {@code option name = value;}. */
  void statement(Message.Builder options) {
    tokens.expect("option");
    one(options);
    tokens.expect(";");
  }

  /** Reads one {@code name = value}. */
  void one(Message.Builder options) {
    Place place = tokens.peek().place();
    List<String> name = name();
    tokens.expect("=");
    if (name == null) {
      tokens.skipValue();
    } else {
      set(options, name, place);
    }
  }

  /** The parts of an option's name, or null where one of them is custom. */
  private @Nullable List<String> name() {
    List<String> parts = new ArrayList<>();
    boolean custom = false;
    do {
      if (tokens.accept("(")) {
        custom = true;
        tokens.typeName();
        tokens.expect(")");
      } else {
        parts.add(tokens.name("the name of an option").text());
      }
    } while (tokens.accept("."));
    return custom ? null : parts;
  }

  private void set(Message.Builder options, List<String> name, Place place) {
    Message.Builder target = options;
    for (int i = 0; i < name.size(); i++) {
      FieldDescriptor field = target.getDescriptorForType().findFieldByName(name.get(i));
      if (field == null) {
        throw GrpcProblems.SYNTAX.failure(
            place,
            "there is no option '" + String.join(".", name) + "' here",
            Nearest.mend(name.get(i), names(target)) + " (a custom option stands in parentheses)");
      }
      if (i == name.size() - 1) {
        value(target, field, place);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
        target = target.getFieldBuilder(field);
      } else {
        throw wrong(place, field);
      }
    }
  }

  private static List<String> names(Message.Builder target) {
    return target.getDescriptorForType().getFields().stream()
        .map(FieldDescriptor::getName)
        .filter(name -> !name.equals("uninterpreted_option"))
        .toList();
  }

  private void value(Message.Builder target, FieldDescriptor field, Place place) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      aggregate(target, field, place);
    } else if (field.isRepeated()) {
      target.addRepeatedField(field, scalar(field));
    } else {
      target.setField(field, scalar(field));
    }
  }

  private void aggregate(Message.Builder target, FieldDescriptor field, Place place) {
    if (!tokens.at("{") && !tokens.at("<")) {
      throw wrong(tokens.peek().place(), field);
    }
    String text = tokens.block();
    Message.Builder message = target.newBuilderForField(field);
    try {
      AGGREGATES.merge(text, message);
    } catch (TextFormat.ParseException broken) {
      throw GrpcProblems.SYNTAX.failure(
          place,
          "the value of the option '" + field.getName() + "' cannot be read",
          "write it in text format, as { name: value }");
    }
    if (field.isRepeated()) {
      target.addRepeatedField(field, message.build());
    } else {
      target.setField(field, message.build());
    }
  }

  private Object scalar(FieldDescriptor field) {
    Place place = tokens.peek().place();
    return switch (field.getJavaType()) {
      case STRING -> tokens.string("a text");
      case BOOLEAN -> {
        if (!tokens.at("true") && !tokens.at("false")) {
          throw wrong(place, field);
        }
        yield tokens.next().is("true");
      }
      case ENUM -> enumValue(field, place);
      case INT -> tokens.whole("the option '" + field.getName() + "'", 0, Integer.MAX_VALUE);
      default -> throw wrong(place, field);
    };
  }

  private EnumValueDescriptor enumValue(FieldDescriptor field, Place place) {
    String written = tokens.name("the name of a value").text();
    EnumValueDescriptor value = field.getEnumType().findValueByName(written);
    if (value == null) {
      throw GrpcProblems.SYNTAX.failure(
          place,
          "'" + written + "' is no value of the option '" + field.getName() + "'",
          Nearest.mend(
              written,
              field.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList()));
    }
    return value;
  }

  private static RuntimeException wrong(Place place, FieldDescriptor field) {
    return GrpcProblems.SYNTAX.failure(
        place,
        "this is no value of the option '" + field.getName() + "'",
        switch (field.getJavaType()) {
          case BOOLEAN -> "write true or false";
          case MESSAGE -> "write { ... }";
          default -> "write a " + field.getJavaType().name().toLowerCase(Locale.ROOT);
        });
  }

  /** Reads the default of a field into the form that descriptors keep it in. */
  String defaultValue(FieldDescriptorProto.Builder field) {
    if (!field.hasType()) {
      return tokens.name("the name of an enum's value").text();
    }
    return switch (field.getType()) {
      case TYPE_STRING -> tokens.string("a text");
      case TYPE_BYTES -> escaped(tokens.rawString("a text"));
      case TYPE_BOOL -> {
        if (!tokens.at("true") && !tokens.at("false")) {
          throw tokens.unexpected("true or false");
        }
        yield tokens.next().text();
      }
      case TYPE_DOUBLE -> real(false);
      case TYPE_FLOAT -> real(true);
      case TYPE_GROUP, TYPE_MESSAGE, TYPE_ENUM -> throw tokens.unexpected("no default");
      default -> tokens.number("a whole number").toString();
    };
  }

  private String real(boolean single) {
    boolean minus = tokens.accept("-");
    ProtoToken token = tokens.peek();
    String sign = minus ? "-" : "";
    switch (token.kind()) {
      case NAME -> {
        if (!token.text().equals("inf") && !token.text().equals("nan")) {
          throw tokens.unexpected("a number");
        }
        return sign + tokens.next().text();
      }
      case WHOLE -> {
        BigInteger whole = tokens.number("a number");
        return sign + plain(single ? whole.floatValue() : whole.doubleValue(), single);
      }
      case REAL -> {
        tokens.next();
        String text = token.text().replaceFirst("[fF]$", "");
        try {
          return sign + plain(single ? Float.parseFloat(text) : Double.parseDouble(text), single);
        } catch (NumberFormatException broken) {
          throw GrpcProblems.SYNTAX.failure(
              token.place(), token.said() + " is no number", "write a number such as 1.5");
        }
      }
      default -> throw tokens.unexpected("a number");
    }
  }

  private static String plain(double value, boolean single) {
    if (Double.isInfinite(value)) {
      return "inf";
    }
    String text = single ? Float.toString((float) value) : Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '"', '\'', '\\' -> text.append('\\').append(c);
        default -> {
          if (c < 0x20 || c > 0x7e) {
            text.append('\\').append((char) ('0' + (c >> 6)));
            text.append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.toString();
  }
}
