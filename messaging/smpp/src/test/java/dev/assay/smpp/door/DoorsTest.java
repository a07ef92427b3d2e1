package dev.assay.smpp.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.smpp.codec.Command;
import dev.assay.smpp.codec.Pdu;
import dev.assay.smpp.codec.RandomPdu;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What programs ask. */
class DoorsTest {

  private static Json.Obj json(String text) {
    return JsonReader.read(text.replace('\'', '"')).asObject();
  }

  @Property(tries = 500)
  void whatIsDecodedIsEncodedTheSame(@ForAll long seed) {
    Pdu pdu = new RandomPdu(seed).next();
    String hex = HexFormat.of().formatHex(pdu.encode());

    Json.Obj decoded = DecodeDoor.answer(Json.object().put("hex", hex).build());

    if (pdu.hasBody() || pdu.status() != 0) {
      assertThat(EncodeDoor.answer(decoded).text("hex")).isEqualTo(hex);
    }
  }

  @Test
  void fieldsHaveTheNamesOfTheSpecification() {
    Json.Obj encoded =
        EncodeDoor.answer(
            json(
                "{'command':'submit_sm','sequence_number':5,'source_addr':'Shop','dest_addr_ton':1,"
                    + "'destination_addr':'4917','text':'5 €','user_message_reference':513,"
                    + "'tlvs':[{'tag':5377,'value':'0102'}]}"));

    Json.Obj decoded = DecodeDoor.answer(encoded);

    assertThat(decoded.text("command")).isEqualTo("submit_sm");
    assertThat(decoded.whole("sequence_number")).isEqualTo(5);
    assertThat(decoded.text("source_addr")).isEqualTo("Shop");
    assertThat(decoded.text("short_message")).isEqualTo("35201b65");
    assertThat(decoded.text("text")).isEqualTo("5 €");
    assertThat(decoded.array("tlvs")).hasSize(2);
    assertThat(decoded.array("tlvs").getFirst().asObject().whole("number")).isEqualTo(513);
  }

  @Test
  void whatIsNoPduIsAnsweredByHowAPeerWouldAnswerIt() {
    Json.Obj tooLong = DecodeDoor.answer(json("{'hex':'7fffffff000000040000000000000007'}"));
    Json.Obj unknown = DecodeDoor.answer(json("{'hex':'0000001000000fff0000000000000007'}"));

    assertThat(tooLong.text("status")).isEqualTo("ESME_RINVCMDLEN");
    assertThat(tooLong.text("answered_by")).isEqualTo("generic_nack");
    assertThat(unknown.text("status")).isEqualTo("ESME_RINVCMDID");
    assertThatThrownBy(() -> DecodeDoor.answer(json("{'hex':'0g'}"))).hasMessageContaining("hex");
  }

  @Test
  void severalPdusAreDecodedInTheirOrder() {
    String enquiry = HexFormat.of().formatHex(Pdu.of(Command.ENQUIRE_LINK).build().encode());

    Json.Obj decoded = DecodeDoor.answer(json("{'hex':'" + enquiry + enquiry + "'}"));

    assertThat(decoded.array("pdus")).hasSize(2);
  }

  @Test
  void aNameThatIsWrongIsMended() {
    assertThatThrownBy(() -> EncodeDoor.answer(json("{'command':'submit_sm','sorce_addr':'x'}")))
        .hasMessageContaining("did you mean 'source_addr'");
    assertThatThrownBy(() -> EncodeDoor.answer(json("{'command':'submit_smm'}")))
        .hasMessageContaining("submit_sm");
    assertThatThrownBy(() -> EncodeDoor.answer(json("{}"))).hasMessageContaining("command");
  }

  @Test
  void aTextIsAnsweredByItsSegments() {
    Json.Obj answer =
        SegmentDoor.answer(json("{'text':'" + "a".repeat(161) + "','reference':16,'number':258}"));

    assertThat(answer.text("encoding")).isEqualTo("gsm7");
    assertThat(answer.whole("count")).isEqualTo(2);
    Json.Obj first = answer.array("segments").getFirst().asObject();
    assertThat(first.text("udh")).isEqualTo("06080401020201");
    assertThat(first.whole("units")).isEqualTo(152);
    assertThat(first.whole("length")).isEqualTo(140);
    assertThat(first.text("text")).hasSize(152);
    assertThatThrownBy(() -> SegmentDoor.answer(json("{'text':'a','reference':9}")))
        .hasMessageContaining("8 or 16");
  }
}
