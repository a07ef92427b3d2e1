package dev.assay.observe.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpConfigTest {

  private static Json config(String json) {
    return JsonReader.read(json.replace('\'', '"'));
  }

  private static Map<String, String> headers(String json) {
    return HttpConfig.of(Json.object().put("http_config", config(json)).build(), Map.of())
        .headers();
  }

  private static List<String> wrong(String json) {
    List<String> wrong = new ArrayList<>();
    HttpConfig.check(config(json), "it", (what, mend) -> wrong.add(what + "; " + mend));
    return wrong;
  }

  @Test
  void eachWayToSayWhoAsksBecomesAHeader() {
    assertThat(headers("{'authorization':{'credentials':'k'}}"))
        .isEqualTo(Map.of("Authorization", "Bearer k"));
    assertThat(headers("{'authorization':{'type':'Key','credentials':'k'}}"))
        .isEqualTo(Map.of("Authorization", "Key k"));
    assertThat(
            headers("{'http_headers':{'X-Team':{'values':['a','b']},'X-Key':{'secrets':['s']}}}"))
        .isEqualTo(Map.of("X-Team", "a, b", "X-Key", "s"));
    assertThat(headers("{}")).isEmpty();
  }

  @Test
  void thatOfAWayStandsForThatOfAll() {
    Map<String, Json> global = Map.of("http_config", config("{'bearer_token':'all'}"));
    Json.Obj silent = Json.object().put("http_config", config("{}")).build();

    assertThat(HttpConfig.of(silent, global).headers()).isEmpty();
    assertThat(HttpConfig.of(Json.object().build(), global).headers())
        .isEqualTo(Map.of("Authorization", "Bearer all"));
  }

  @Test
  void whatIsNotSpokenIsSaid() {
    assertThat(wrong("{'follow_redirects':false,'enable_http2':true,'bearer_token':'k'}"))
        .isEmpty();
    assertThat(wrong("{'proxy_url':'http://p'}"))
        .singleElement()
        .asString()
        .contains("'proxy_url'");
    assertThat(wrong("{'authorisation':{'credentials':'k'}}"))
        .singleElement()
        .asString()
        .contains("did you mean 'authorization'?");
    assertThat(wrong("{'follow_redirects':true}")).singleElement().asString().contains("redirects");
    assertThat(wrong("{'basic_auth':{'username':'u','password_file':'/x'}}"))
        .containsExactly("it: 'password' is missing in http_config; write it into the file itself");
    assertThat(wrong("{'bearer_token':'k','authorization':{'credentials':'k'}}"))
        .containsExactly("it says more than once who asks; keep one of them");
    assertThat(wrong("['k']")).singleElement().asString().contains("is no map");
  }

  @Test
  void whatWouldBreakARequestIsRefused() {
    assertThat(wrong("{'http_headers':{'Host':{'values':['x']}}}")).hasSize(1);
    assertThat(wrong("{'http_headers':{'X Y':{'values':['x']}}}")).hasSize(1);
    assertThat(wrong("{'http_headers':{'X':{'values':['a\\nb']}}}")).hasSize(1);
    assertThat(wrong("{'http_headers':{'X':{'files':['/x']}}}")).hasSize(1);
  }

  @Test
  void noTextFormShowsASecret() {
    Json.Obj way = Json.object().put("http_config", config("{'bearer_token':'k-7'}")).build();
    assertThat(HttpConfig.of(way, Map.of())).asString().doesNotContain("k-7");
  }
}
