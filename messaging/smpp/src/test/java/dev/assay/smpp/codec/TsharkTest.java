package dev.assay.smpp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark, which others wrote, reads in the bytes that we write. */
class TsharkTest {

  private static final int PORT = 2775;

  @TempDir private Path folder;

  @BeforeEach
  void isThere() {
    boolean there =
        List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(each -> Files.isExecutable(Path.of(each, "tshark")));
    assumeTrue(there, "tshark is not installed: apt-get install tshark");
  }

  /** Packets of TCP from port to port, one PDU each, as a file of captured packets. */
  private Path capture(List<byte[]> pdus) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xA1B2C3D4);
    out.writeInt(0x00020004);
    out.writeLong(0);
    out.writeInt(262_144);
    out.writeInt(101); // raw IP
    int sequence = 1;
    for (byte[] pdu : pdus) {
      int length = 40 + pdu.length;
      out.writeInt(sequence);
      out.writeInt(0);
      out.writeInt(length);
      out.writeInt(length);
      out.writeShort(0x4500);
      out.writeShort(length);
      out.writeInt(0);
      out.writeInt(0x40060000);
      out.writeInt(0x7F000001);
      out.writeInt(0x7F000001);
      out.writeShort(40_000);
      out.writeShort(PORT);
      out.writeInt(sequence);
      out.writeInt(1);
      out.writeInt(0x5018FFFF);
      out.writeInt(0);
      out.write(pdu);
      sequence += pdu.length;
    }
    Path file = folder.resolve("smpp.pcap");
    Files.write(file, bytes.toByteArray());
    return file;
  }

  private List<String[]> read(Path file, String... fields) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("tshark", "-r", file.toString(), "-d", "tcp.port==" + PORT + ",smpp"));
    command.addAll(List.of("-T", "fields", "-E", "separator=/t", "-E", "occurrence=f"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    Process tshark =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tshark.waitFor()).isZero();
    return text.lines().map(line -> line.split("\t", -1)).toList();
  }

  @Test
  void itReadsEveryPduThatWeWriteAsWeMeantIt() throws Exception {
    RandomPdu random = new RandomPdu(4711);
    List<Pdu> pdus = new ArrayList<>();
    for (Command command : Command.values()) {
      for (int i = 0; i < 8; i++) {
        Pdu any = random.next(command);
        // it takes a packet for SMPP only where its header could be one's
        int status = command.response() ? Status.RTHROTTLED : Status.ROK;
        Pdu.Builder builder = any.with().status(status).sequence(1 + i);
        Pdu pdu = any.hasBody() ? builder.build() : Pdu.header(command, status, 1 + i);
        if (pdu.encode().length < 8_000) {
          pdus.add(pdu);
        }
      }
    }

    List<String[]> read =
        read(
            capture(pdus.stream().map(Pdu::encode).toList()),
            "smpp.command_length",
            "smpp.command_id",
            "smpp.command_status",
            "smpp.sequence_number");

    assertThat(read).hasSameSizeAs(pdus);
    for (int i = 0; i < pdus.size(); i++) {
      Pdu pdu = pdus.get(i);
      assertThat(read.get(i)[0]).as(pdu.toString()).isEqualTo("" + pdu.encode().length);
      assertThat(Long.decode(read.get(i)[1])).isEqualTo(pdu.command().id() & 0xFFFFFFFFL);
      if (pdu.command().response()) {
        assertThat(Long.decode(read.get(i)[2])).isEqualTo(pdu.status() & 0xFFFFFFFFL);
      }
      assertThat(Long.decode(read.get(i)[3])).isEqualTo(pdu.sequence() & 0xFFFFFFFFL);
    }
  }

  @Test
  void itReadsTheFieldsOfAMessageAsWeWroteThem() throws Exception {
    Pdu pdu =
        Pdu.of(Command.SUBMIT_SM)
            .sequence(77)
            .set(Field.SERVICE_TYPE, "CMT")
            .set(Field.SOURCE_ADDR_TON, 5)
            .set(Field.SOURCE_ADDR, "Shop")
            .set(Field.DEST_ADDR_TON, 1)
            .set(Field.DEST_ADDR_NPI, 1)
            .set(Field.DESTINATION_ADDR, "4917012345")
            .set(Field.PROTOCOL_ID, 65)
            .set(Field.DATA_CODING, 8)
            .set(Field.SHORT_MESSAGE, HexFormat.of().parseHex("4f60597d"))
            .add(Tlv.number(Tag.USER_MESSAGE_REFERENCE, 4660))
            .add(Tlv.number(Tag.SOURCE_PORT, 8080))
            .build();

    List<String[]> read =
        read(
            capture(List.of(pdu.encode())),
            "smpp.service_type",
            "smpp.source_addr_ton",
            "smpp.source_addr",
            "smpp.dest_addr_ton",
            "smpp.dest_addr_npi",
            "smpp.destination_addr",
            "smpp.protocol_id",
            "smpp.data_coding",
            "smpp.sm_length",
            "smpp.user_message_reference",
            "smpp.source_port",
            "_ws.malformed");

    String[] only = read.getFirst();
    assertThat(only[0]).isEqualTo("CMT");
    assertThat(Long.decode(only[1])).isEqualTo(5);
    assertThat(only[2]).isEqualTo("Shop");
    assertThat(Long.decode(only[3])).isEqualTo(1);
    assertThat(Long.decode(only[4])).isEqualTo(1);
    assertThat(only[5]).isEqualTo("4917012345");
    assertThat(Long.decode(only[6])).isEqualTo(65);
    assertThat(Long.decode(only[7])).isEqualTo(8);
    assertThat(Long.decode(only[8])).isEqualTo(4);
    assertThat(Long.decode(only[9])).isEqualTo(4660);
    assertThat(Long.decode(only[10])).isEqualTo(8080);
    assertThat(only[11]).isEmpty();
  }
}
