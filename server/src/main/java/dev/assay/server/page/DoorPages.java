package dev.assay.server.page;

import dev.assay.server.ServerOptions;
import dev.assay.server.account.Members;
import dev.assay.server.signon.ProviderDoor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** How people come in. */
@RestController
public class DoorPages {

  private final Template template;
  private final Frames frames;
  private final Members members;
  private final boolean signOn;

  /** Made by Spring. */
  DoorPages(Template template, Frames frames, Members members, ServerOptions options) {
    this.template = template;
    this.frames = frames;
    this.members = members;
    this.signOn = options.signOn() != null;
  }

  /**
   * A form of a name and a password. Immutable.
   *
   * @param frame around it
   * @param action where it goes
   * @param lead what it is for
   * @param button what it does
   * @param wrong what was wrong with what came; null for nothing
   * @param fresh whether the password is a new one
   * @param signOn where single sign-on begins; null for none
   */
  public record Door(
      Frame frame,
      String action,
      String lead,
      String button,
      @Nullable String wrong,
      boolean fresh,
      @Nullable String signOn) {}

  @GetMapping("/login")
  ResponseEntity<String> login(
      CsrfToken token,
      @RequestParam @Nullable String wrong,
      @RequestParam @Nullable String ended,
      @RequestParam @Nullable String changed,
      @RequestParam @Nullable String refused,
      @RequestParam(defaultValue = "0") int wait) {
    String lead =
        ended != null
            ? "Your log-in was ended. Log in again."
            : changed != null
                ? "That is done. Log in."
                : "Log in to see what was proved, and what was not.";
    String why =
        wait > 0
            ? "Too many attempts from there or for that name; wait " + wait + " seconds."
            : refused != null
                ? refusal(refused)
                : wrong == null ? null : "The name or the password is not right.";
    return template.page(
        "door",
        new Door(
            frames.plain("Log in", null, token),
            "/login",
            lead,
            "Log in",
            why,
            false,
            signOn ? "/oauth2/authorization/assay" : null));
  }

  private static String refusal(String code) {
    return switch (code) {
      case "no_role" ->
          "The provider knows you, but none of your groups gives you anything here. Ask the owner"
              + " of this server.";
      case "no_name" ->
          "The provider gives you a name that cannot be used here, or that is another member's.";
      case ProviderDoor.AWAY ->
          "The provider of single sign-on does not answer. Try again in a moment; whoever has a"
              + " password here logs in with it meanwhile.";
      case "shut_out" -> "You were shut out of this server.";
      default -> "Single sign-on did not succeed. Try again, or ask the owner of this server.";
    };
  }

  @GetMapping("/set-up/{link}")
  ResponseEntity<String> setUp(CsrfToken token, @PathVariable String link) {
    if (!members.mayBegin(link)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return setUpForm(200, token, link, null);
  }

  @PostMapping("/set-up/{link}")
  ResponseEntity<String> begin(
      CsrfToken token,
      @PathVariable String link,
      @RequestParam String username,
      @RequestParam String password) {
    String wrong = members.begin(link, username, password);
    return wrong == null
        ? ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", "/login").build()
        : setUpForm(422, token, link, wrong);
  }

  private ResponseEntity<String> setUpForm(
      int status, CsrfToken token, String link, @Nullable String wrong) {
    return template.page(
        status,
        "door",
        new Door(
            frames.plain("Set up", null, token),
            "/set-up/" + link,
            "You are the first. Choose the name and the password of the owner of this server.",
            "Make me the owner",
            wrong,
            true,
            null));
  }

  @GetMapping(path = "/health", produces = "application/json")
  String health() {
    // asking the accounts shows that the disk answers
    return "{\"ready\":true,\"set up\":" + (members.setUpToken() == null) + "}";
  }
}
