package dev.assay.load.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.load.extract.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCompilerTest {

  private final GrpcSchema schema = ProtoFixture.schema();
  private final Descriptor request = ProtoFixture.type(schema, "shop.PlaceRequest");
  private final Map<String, String> slots = new HashMap<>();

  private final MessageCompiler compiler =
      new MessageCompiler(
          schema, slots::containsKey, template -> template.fill(name -> "<" + name + ">"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'product':7,'customer':'Käthe','amount':'-9223372036854775808','weight':1.25}",
        "{'ratio':'NaN','weight':'-Infinity','express':true,'state':'SHIPPED','priority':0}",
        "{'state':17,'states':['NEW',2,0],'numbers':[0,-1,2147483647],'loose':[1,-1]}",
        "{'lines':[{'sku':'a','many':4294967295},{}],'labels':{'a':'b','':''}}",
        "{'byShelf':{'-5':{'sku':'x'}},'token':'aGVsbG8=','due':'2026-01-31T12:00:00.5+02:00'}",
        "{'due':'0001-01-01T00:00:00Z','within':'-1.000000001s'}",
        "{'extra':{'a':[1,'b',null,{'c':true}]},'anything':null,'mask':'a.bC,d'}",
        "{'anything':{'x':[]},'note':'','limit':'12','voucher':''}",
        "{'packed':{'@type':'type.googleapis.com/shop.Money','currency':'EUR','units':'3'}}",
        "{'packed':{'@type':'type.googleapis.com/google.protobuf.Duration','value':'2s'}}",
        "{'u32':4294967295,'u64':'18446744073709551615','s32':-2147483648,'s64':'-1'}",
        "{'f32':1,'f64':'2','sf32':-3,'sf64':'-4','otherName':'r','card':{'number':'4'}}",
        "{'next':{'next':{'next':{'product':1}}},'product':1e3,'amount':'5.0','customer':null}"
      })
  void messagesAreEncodedAsProtobufItselfEncodesThem(String json) throws Exception {
    String text = json.replace('\'', '"');
    DynamicMessage.Builder wanted = DynamicMessage.newBuilder(request);
    JsonFormat.parser().usingTypeRegistry(registry()).merge(text, wanted);
    assertThat(written(text)).isEqualTo(sent(wanted.build()));
  }

  /** Random messages, by the JSON form that protobuf-java-util gives of them. */
  @Test
  void whateverIsInAMessageIsEncodedAndDecodedAlike() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    MessageDecoder decoder = new MessageDecoder(schema, request);
    for (int i = 0; i < 500; i++) {
      DynamicMessage wanted = sent(RandomMessages.message(request, random, 3));
      String json = JsonFormat.printer().usingTypeRegistry(registry()).print(wanted);
      byte[] bytes = bytes(compiler.compile(request, JsonReader.read(json), ProtoFixture.HERE));
      assertThat(DynamicMessage.parseFrom(request, bytes)).as(json).isEqualTo(wanted);
      // And back: what the decoder says, protobuf itself reads as the same message.
      Json decoded = decoder.decode(bytes, 0, bytes.length);
      assertThat(decoded).isNotNull();
      DynamicMessage.Builder again = DynamicMessage.newBuilder(request);
      JsonFormat.parser().usingTypeRegistry(registry()).merge(JsonWriter.canonical(decoded), again);
      assertThat(sent(again.build())).as(json).isEqualTo(wanted);
    }
  }

  @Test
  void whatIsKnownBeforeTheStartMakesFixedBytes() {
    MessageProgram program =
        compiler.compile(
            request, JsonReader.read("{\"customer\":\"a ${city} $${x}\"}"), ProtoFixture.HERE);
    assertThat(program.fixed()).isTrue();
    assertThat(program.pieces()).hasSize(1);
    assertThat(new String(bytes(program), StandardCharsets.UTF_8)).endsWith("a <city> ${x}");
  }

  @Test
  void valuesOfEachRequestAreFilledInWithTheRightLengths() throws Exception {
    String json =
        """
        {"customer":"${name}!","product":"${n}","amount":"-${n}","weight":"${w}","ratio":"${w}",
         "express":"${yes}","state":"${state}","states":["${state}",1],"token":"${b64}",
         "numbers":[1,"${n}",3],"loose":["${n}"],"labels":{"k":"${name}","${n}":"v"},
         "lines":[{"sku":"${long}","many":"${n}"},{"sku":"fixed"}],
         "next":{"next":{"customer":"${long}","due":{"seconds":"${n}"}}},
         "note":"${name}","limit":"${n}","extra":{"x":["${name}"]},
         "u64":"${big}","s32":"${n}","s64":"-${n}","f64":"${big}","sf32":"${n}"}
        """;
    SplittableRandom random = new SplittableRandom(11);
    slots.putAll(
        Map.of(
            "name", "", "n", "0", "w", "0", "yes", "true", "state", "NEW", "b64", "", "long", ""));
    slots.put("big", "18446744073709551615");
    MessageProgram program = compiler.compile(request, JsonReader.read(json), ProtoFixture.HERE);
    for (int length : new int[] {0, 1, 50, 100, 126, 127, 128, 129, 300, 16_383, 16_384, 70_000}) {
      slots.put("name", "é".repeat(length % 97));
      slots.put("n", Integer.toString(random.nextInt(1 << random.nextInt(1, 31))));
      slots.put("w", Integer.toString(random.nextInt(1000)) + "." + random.nextInt(1000));
      slots.put("yes", Boolean.toString(random.nextBoolean()));
      slots.put("state", random.nextBoolean() ? "SENT" : "2");
      slots.put("b64", random.nextBoolean() ? "aGVsbG8=" : "_-8");
      slots.put("long", "x".repeat(length));
      String filled = json;
      for (Map.Entry<String, String> slot : slots.entrySet()) {
        filled = filled.replace("${" + slot.getKey() + "}", slot.getValue());
      }
      filled =
          filled.replace(
              "{\"seconds\":\"" + slots.get("n") + "\"}",
              "\"" + java.time.Instant.ofEpochSecond(Long.parseLong(slots.get("n"))) + "\"");
      DynamicMessage.Builder wanted = DynamicMessage.newBuilder(request);
      JsonFormat.parser().merge(filled, wanted);
      assertThat(DynamicMessage.parseFrom(request, bytes(program)))
          .as(filled)
          .isEqualTo(sent(wanted.build()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "product|abc",
        "product|",
        "product|2147483648",
        "product|1.5",
        "product|1e999999999",
        "u32|-1",
        "u64|18446744073709551616",
        "weight|1d",
        "weight|0x1p3",
        "weight|1e999",
        "ratio|1e39",
        "express|yes",
        "state|LOST",
        "token|a",
        "token|%%%%",
        "s64|9223372036854775808"
      })
  void aValueThatDoesNotFitItsFieldIsToldByItsNumber(String pair) {
    String field = pair.substring(0, pair.indexOf('|'));
    slots.put("customer", "x");
    slots.put("v", pair.substring(pair.indexOf('|') + 1));
    MessageProgram program =
        compiler.compile(
            request,
            Json.object().put("customer", "${customer}").put(field, "${v}").build(),
            ProtoFixture.HERE);
    int bad =
        new MessageWriter()
            .write(program, (value, into) -> fill(program, value, into), new Bytes(1000));
    assertThat(bad).isNotNegative();
    assertThat(program.values().get(bad).source()).isEqualTo("${v}");
  }

  @Test
  void aMessageThatDoesNotFitTheBufferIsTold() {
    slots.put("long", "x".repeat(2000));
    MessageProgram program =
        compiler.compile(
            request, Json.object().put("customer", "${long}").build(), ProtoFixture.HERE);
    assertThat(
            new MessageWriter()
                .write(program, (value, into) -> fill(program, value, into), new Bytes(1000)))
        .isEqualTo(MessageWriter.NO_ROOM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prodct':1}|$|has no field 'prodct'|did you mean 'product'?",
        "{'product':'x'}|$.product|'x' is no int32|whole number from -2147483648 to 2147483647",
        "{'product':''}|$.product|'' is no int32|whole number",
        "{'product':1.5}|$.product|'1.5' is no int32|whole number",
        "{'u32':-1}|$.u32|'-1' is no uint32|from 0 to 4294967295",
        "{'customer':5}|$.customer|'5' is no string|quotes",
        "{'express':1}|$.express|'1' is no bool|true or false",
        "{'state':'SHIPED'}|$.state|'SHIPED' is no shop.State|did you mean 'SHIPPED'?",
        "{'token':'???'}|$.token|is no bytes|base64",
        "{'lines':{}}|$.lines|stands for a repeated field|a list",
        "{'lines':[3]}|$.lines[0]|stands for the message shop.PlaceRequest.Line|a map",
        "{'labels':{'a':7}}|$.labels['a']|'7' is no string|quotes",
        "{'by_shelf':{'x':{}}}|$.by_shelf['x']|'x' is no int32|whole",
        "{'due':'yesterday'}|$.due|'yesterday' is no time|2026-01-31T12:00:00Z",
        "{'within':'5'}|$.within|'5' is no duration|with an s",
        "{'card':{},'voucher':'x'}|$|exclude each other|keep one",
        "{'by_shelf':{},'byShelf':{}}|$|both of its names|keep one",
        "{'packed':{'units':3}}|$.packed|in '@type'|add '@type'",
        "{'packed':{'@type':'a/b.C'}}|$.packed|is not in the schema|under 'proto'",
        "{'lines':[{'sku':'a'},{'skuu':'b'}]}|$.lines[1]|no field 'skuu'|did you mean 'sku'?",
        "{'due':'${n}'}|$.due|filled for each request|{ seconds:",
        "{'customer':'${n'}|$.customer|not closed|$$"
      })
  void whatDoesNotFitTheSchemaIsToldWithItsPath(String example) {
    slots.put("n", "1");
    String[] parts = example.split("\\|");
    Problem problem =
        catchThrowableOfType(
                ProblemException.class,
                () ->
                    compiler.compile(
                        request, JsonReader.read(parts[0].replace('\'', '"')), ProtoFixture.HERE))
            .problems()
            .getFirst();
    assertThat(problem.where()).isEqualTo(ProtoFixture.HERE);
    assertThat(problem.what()).contains(parts[1]).contains(parts[2]);
    assertThat(problem.mend()).contains(parts[3]);
  }

  @Test
  void groupsRequiredFieldsAndExtensionsOfOldSchemasWork() throws Exception {
    Descriptor parcel = ProtoFixture.type(schema, "shop.legacy.Parcel");
    Json json =
        JsonReader.read(
            """
            {"id":1,"item":[{"name":"a","count":2}],"box":{"sides":6},"loose":[1,2],"packed":[3],
             "[shop.legacy.memo]":"m","[shop.legacy.inside]":[{"id":2}]}
            """);
    byte[] bytes = bytes(compiler.compile(parcel, json, ProtoFixture.HERE));
    DynamicMessage message = DynamicMessage.parseFrom(parcel, bytes, schema.registry());
    assertThat(message.toByteArray()).isEqualTo(bytes);
    assertThat(message.getUnknownFields().asMap()).isEmpty();
    Json decoded = new MessageDecoder(schema, parcel).decode(bytes, 0, bytes.length);
    assertThat(decoded).isNotNull();
    assertThat(JsonWriter.canonical(decoded))
        .isEqualTo(
            "{\"[shop.legacy.inside]\":[{\"id\":2,\"item\":[],\"loose\":[],\"packed\":[]}],"
                + "\"[shop.legacy.memo]\":\"m\",\"box\":{\"sides\":6},\"id\":1,"
                + "\"item\":[{\"count\":2,\"name\":\"a\"}],\"loose\":[1,2],\"packed\":[3]}");
    assertThat(
            catchThrowableOfType(
                ProblemException.class,
                () -> compiler.compile(parcel, JsonReader.read("{}"), ProtoFixture.HERE)))
        .hasMessageContaining("the required field 'id' is missing");
    Descriptor thing = ProtoFixture.type(schema, "shop.modern.Thing");
    byte[] modern =
        bytes(
            compiler.compile(
                thing,
                JsonReader.read("{\"needed\":1,\"part\":{\"name\":\"x\"},\"spread\":[1,2]}"),
                ProtoFixture.HERE));
    assertThat(DynamicMessage.parseFrom(thing, modern).toByteArray()).isEqualTo(modern);
  }

  @Test
  void bytesThatAreNoMessageAreNotDecoded() {
    SplittableRandom random = new SplittableRandom(3);
    MessageDecoder decoder = new MessageDecoder(schema, request);
    int bad = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      bad += decoder.decode(bytes, 0, bytes.length) == null ? 1 : 0;
    }
    assertThat(bad).isGreaterThan(1000);
  }

  // ------------------------------------------------------------------

  private TypeRegistry registry() {
    return TypeRegistry.newBuilder()
        .add(request)
        .add(ProtoFixture.type(schema, "shop.Money"))
        .add(com.google.protobuf.Duration.getDescriptor())
        .build();
  }

  /** As it arrives: of two names of one enum's number only the first is left. */
  private DynamicMessage sent(DynamicMessage message) throws Exception {
    return DynamicMessage.parseFrom(request, message.toByteArray());
  }

  private DynamicMessage written(String json) throws Exception {
    return DynamicMessage.parseFrom(
        request, bytes(compiler.compile(request, JsonReader.read(json), ProtoFixture.HERE)));
  }

  private void fill(MessageProgram program, int value, Bytes into) {
    into.append(program.values().get(value).fill(slots::get).getBytes(StandardCharsets.UTF_8));
  }

  /** The message as it is written, its prefix looked at and taken off. */
  private byte[] bytes(MessageProgram program) {
    Bytes into = new Bytes(1 << 20);
    into.append((byte) 42);
    int bad = new MessageWriter().write(program, (value, out) -> fill(program, value, out), into);
    assertThat(bad).isEqualTo(MessageWriter.WRITTEN);
    MessageScanner scanner = new MessageScanner(1 << 20);
    scanner.begin(true);
    assertThat(scanner.scan(into.array(), 1, into.length())).isEqualTo(into.length());
    assertThat(scanner.complete()).isTrue();
    assertThat(List.of(scanner.from(), scanner.to())).containsExactly(6, into.length());
    return Arrays.copyOfRange(into.array(), 6, into.length());
  }
}
