package dev.assay.load.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HpackTest {

  /** RFC 7541 C.1, and values around a byte more. */
  @ParameterizedTest
  @CsvSource({
    "31, 10, 0a",
    "31, 1337, 1f9a0a",
    "255, 42, 2a",
    "127, 126, 7e",
    "127, 127, 7f00",
    "127, 254, 7f7f",
    "127, 255, 7f8001",
    "15, 16384, 0ff17f"
  })
  void integersAreWrittenAsTheStandardSays(int mask, int value, String hex) {
    Http2Output out = new Http2Output();
    HeaderBlockWriter.integer(out, 0, mask, value);
    assertThat(Wire.hex(out)).isEqualTo(hex);
  }

  /** RFC 7541 C.2, and the first blocks of C.3 to C.6, which need no table. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400a637573746f6d2d6b65790d637573746f6d2d686561646572; custom-key: custom-header",
        "040c2f73616d706c652f70617468; :path: /sample/path",
        "100870617373776f726406736563726574; password: secret",
        "82; :method: GET",
        "828684410f7777772e6578616d706c652e636f6d;"
            + ":method: GET|:scheme: http|:path: /|:authority: www.example.com",
        "828684418cf1e3c2e5f23a6ba0ab90f4ff;"
            + ":method: GET|:scheme: http|:path: /|:authority: www.example.com",
        "408825a849e95ba97d7f8925a849e95bb8e8b4bf; custom-key: custom-value",
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
            + "6e1768747470733a2f2f7777772e6578616d706c652e636f6d;"
            + ":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT"
            + "|location: https://www.example.com",
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
            + "6e919d29ad171863c78f0b97c8e9ae82ae43d3;"
            + ":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT"
            + "|location: https://www.example.com",
        "20; ''",
        "2088; :status: 200"
      })
  void blocksOfTheStandardAreRead(String hex, String fields) {
    assertThat(String.join("|", read(Wire.hex(hex)))).isEqualTo(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "80, index 0",
    "be, an entry of a table that has none",
    "ff8080808010, a number beyond all bounds",
    "3f01, a table of a size that was not allowed",
    "8820, a table size behind a field",
    "7e, a literal without a value",
    "00, a literal without a name",
    "0003612d, a name cut off",
    "0001610362, a value cut off",
    "7fc801, a name that no table has",
    "00ffffffff7f, a length beyond the block"
  })
  void blocksThatMeanNothingAreRefused(String hex, String why) {
    byte[] block = Wire.hex(hex);
    assertThat(new HeaderBlockReader().read(block, 0, block.length, field -> {})).as(why).isFalse();
  }

  @Test
  void whatNettyEncodesIsRead() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      Http2Headers headers = new DefaultHttp2Headers(false);
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        String name = name(random);
        String value = anyText(random, random.nextInt(round < 200 ? 40 : 4000));
        headers.add(name, value);
        expected.add(name + ": " + value);
      }
      DefaultHttp2HeadersEncoder encoder =
          new DefaultHttp2HeadersEncoder((name, value) -> false, false, 16, 0);
      encoder.maxHeaderTableSize(0);
      ByteBuf block = Unpooled.buffer();
      encoder.encodeHeaders(1, headers, block);
      assertThat(read(ByteBufUtil.getBytes(block))).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void whatIsWrittenNettyReads() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      byte[] slot = anyText(random, random.nextInt(400)).getBytes(StandardCharsets.ISO_8859_1);
      byte[] value = anyText(random, random.nextInt(300)).getBytes(StandardCharsets.ISO_8859_1);
      Http2Request request =
          Http2Request.builder(
                  random.nextBoolean() ? "POST" : "PATCH",
                  "https",
                  List.of(Http2Request.Part.of("shop.test:8443")),
                  List.of(Http2Request.Part.of("/a/"), new Http2Request.Part.Slot(7)))
              .field("Accept", "application/json")
              .field("X-Thing", List.of(new Http2Request.Part.Fixed(value)))
              .field("Authorization", List.of(new Http2Request.Part.Slot(8)))
              .build();
      Http2Output out = new Http2Output();
      request.write(
          out, 1, true, false, 1 << 20, (number, into) -> into.write(slot, 0, slot.length), 1234);
      ByteBuf block = Unpooled.wrappedBuffer(out.bytes(), 9, out.size() - 9);
      Http2Headers headers = new DefaultHttp2HeadersDecoder(false, 1 << 20).decodeHeaders(1, block);
      String filled = new String(slot, StandardCharsets.ISO_8859_1);
      assertThat(headers.scheme()).hasToString("https");
      assertThat(headers.authority()).hasToString("shop.test:8443");
      assertThat(headers.path()).hasToString("/a/" + filled);
      assertThat(headers.get("accept")).hasToString("application/json");
      assertThat(headers.get("x-thing"))
          .hasToString(new String(value, StandardCharsets.ISO_8859_1));
      assertThat(headers.get("authorization")).hasToString(filled);
      assertThat(headers.get("content-length")).hasToString("1234");
      assertThat(headers.size()).isEqualTo(8);
    }
  }

  @Test
  void aHuffmanTextIsComparedAndCountedWithoutBeingDecoded() {
    byte[] coded = Wire.hex("f1e3c2e5f23a6ba0ab90f4ff"); // RFC 7541 C.4.1
    byte[] text = "www.example.com".getBytes(StandardCharsets.US_ASCII);
    assertThat(Huffman.matches(coded, 0, coded.length, text)).isTrue();
    assertThat(Huffman.matches(coded, 0, coded.length, Arrays.copyOf(text, 14))).isFalse();
    assertThat(Huffman.matches(coded, 0, coded.length - 1, text)).isFalse();
    assertThat(Huffman.number(coded, 0, coded.length)).isEqualTo(-1);
    assertThat(Huffman.number(Wire.hex("6402"), 0, 2)).isEqualTo(302); // C.6.1
  }

  @ParameterizedTest
  @CsvSource({
    "ff, padding of a whole byte",
    "64 02 ff, padding behind a text",
    "18, padding that is not of ones",
    "ffffffff, the end of the string inside of it"
  })
  void aBrokenHuffmanTextIsNoText(String hex, String why) {
    byte[] coded = Wire.hex(hex);
    assertThat(Huffman.decode(coded, 0, coded.length, new byte[64], 0))
        .as(why)
        .isEqualTo(Huffman.INVALID);
  }

  @Test
  void randomBlocksNeverThrow() {
    SplittableRandom random = new SplittableRandom(13);
    HeaderBlockReader reader = new HeaderBlockReader();
    byte[] into = new byte[64];
    for (int round = 0; round < 50_000; round++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      reader.read(
          block,
          0,
          block.length,
          field -> {
            assertThat(field.copyValue(into, 0)).isBetween(-1, into.length);
            assertThat(field.copyName(into, 60)).isBetween(-1, 4);
            assertThat(field.number()).isGreaterThanOrEqualTo(-1);
            assertThat(field.toString()).contains(": ");
          });
    }
  }

  private static List<String> read(byte[] block) {
    List<String> fields = new ArrayList<>();
    boolean valid =
        new HeaderBlockReader().read(block, 0, block.length, field -> fields.add(field.toString()));
    assertThat(valid).isTrue();
    return fields;
  }

  private static String name(SplittableRandom random) {
    if (random.nextBoolean()) {
      int index = 15 + random.nextInt(StaticTable.SIZE - 14);
      return new String(StaticTable.name(index), StandardCharsets.US_ASCII);
    }
    StringBuilder name = new StringBuilder("x");
    for (int i = random.nextInt(20); i > 0; i--) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    return name.toString();
  }

  private static String anyText(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    boolean plain = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (plain ? ' ' + random.nextInt(95) : random.nextInt(256));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
