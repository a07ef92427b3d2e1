package dev.assay.core.passport;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A statement in a DSSE envelope (secure-systems-lab/dsse, protocol and envelope v1.0) with one
 * Ed25519 signature. The envelope is written in the one canonical form of its JSON, so that a byte
 * that differs anywhere in it is seen, also where no signature covers it. Immutable.
 *
 * @param payload the statement's bytes
 * @param keyId of the key that signed
 * @param signature 64 bytes
 */
record Envelope(byte[] payload, String keyId, byte[] signature) {

  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private static final String ALGORITHM = "Ed25519";

  /** Why an envelope is refused, as a sentence. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** Signs. */
  static Envelope sign(byte[] payload, PrivateKey key, String keyId)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance(ALGORITHM);
    signer.initSign(key);
    signer.update(preAuthentication(payload));
    return new Envelope(payload, keyId, signer.sign());
  }

  /** What is signed: the type and the payload with their lengths (DSSE's PAE). */
  static byte[] preAuthentication(byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] type = PAYLOAD_TYPE.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ascii("DSSEv1 " + type.length + " "));
    out.writeBytes(type);
    out.writeBytes(ascii(" " + payload.length + " "));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The envelope in its one form, without a line end. */
  String write() {
    Base64.Encoder base64 = Base64.getEncoder();
    return JsonWriter.canonical(
        Json.object()
            .put("payload", base64.encodeToString(payload))
            .put("payloadType", PAYLOAD_TYPE)
            .put(
                "signatures",
                Json.array(
                    List.of(
                        Json.object()
                            .put("keyid", keyId)
                            .put("sig", base64.encodeToString(signature))
                            .build())))
            .build());
  }

  /**
   * Reads.
   *
   * @throws Refused if it is not an envelope in its one form
   */
  static Envelope read(String line) throws Refused {
    Envelope envelope;
    try {
      Json.Obj object = JsonReader.read(line).asObject();
      if (!object.members().keySet().equals(Set.of("payload", "payloadType", "signatures"))) {
        throw new Refused("it has other members than payload, payloadType and signatures");
      }
      if (!object.text("payloadType").equals(PAYLOAD_TYPE)) {
        throw new Refused("its payloadType is '" + object.text("payloadType") + "'");
      }
      List<Json> signatures = object.array("signatures");
      if (signatures.size() != 1) {
        throw new Refused("it has " + signatures.size() + " signatures and not one");
      }
      Json.Obj signature = signatures.getFirst().asObject();
      Base64.Decoder base64 = Base64.getDecoder();
      envelope =
          new Envelope(
              base64.decode(object.text("payload")),
              signature.text("keyid"),
              base64.decode(signature.text("sig")));
    } catch (JsonException | IllegalArgumentException wrong) {
      throw new Refused("it cannot be read: " + wrong.getMessage());
    }
    if (!envelope.write().equals(line)) {
      throw new Refused("its bytes are not as they were written");
    }
    return envelope;
  }

  /**
   * Verifies.
   *
   * @throws Refused if another key signed it, or something else than the payload
   */
  void verify(PublicKey key, String expectedKeyId) throws Refused {
    if (!keyId.equals(expectedKeyId)) {
      throw new Refused("it names the key " + keyId + " and not the given " + expectedKeyId);
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(preAuthentication(payload));
      if (!verifier.verify(signature)) {
        throw new Refused("its signature is not of this content by this key");
      }
    } catch (GeneralSecurityException unusable) {
      throw new Refused("its signature cannot be verified: " + unusable.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && Arrays.equals(payload, that.payload)
        && keyId.equals(that.keyId)
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return "an envelope signed with " + keyId;
  }
}
