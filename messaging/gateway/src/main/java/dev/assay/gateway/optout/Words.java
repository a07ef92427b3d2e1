package dev.assay.gateway.optout;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.gateway.ChannelProblems;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words by which people say that they want no more messages, want them again, or want to know
 * who writes: per language, in the order in which they are looked up. A message is a word when all
 * of it is: "STOP", "stop!", "Stopp bitte" where that is listed, but not "I cannot stop laughing".
 * Immutable.
 *
 * @param languages by code
 */
public record Words(Map<String, Language> languages) {

  private static final int LONGEST = 40;

  /** What a word asks for. */
  public enum Wish {
    /** No more messages. */
    STOP,
    /** Messages again. */
    START,
    /** Who writes, and how to stop it. */
    HELP
  }

  /**
   * The words of a language, and what is answered to them.
   *
   * @param words by wish
   * @param answers by wish; with {sender} for whoever sends
   */
  public record Language(Map<Wish, List<String>> words, Map<Wish, String> answers) {
    /** Copies the maps. */
    public Language {
      words = Map.copyOf(words);
      answers = Map.copyOf(answers);
    }
  }

  /**
   * A word that was found.
   *
   * @param wish what it asks for
   * @param language in which
   */
  public record Found(Wish wish, String language) {}

  /** Copies the map, keeping its order. */
  public Words {
    languages = Collections.unmodifiableMap(new LinkedHashMap<>(languages));
  }

  /** Those of the largest languages; the English ones are those of the CTIA and carriers. */
  public static Words usual() {
    Map<String, Language> all = new LinkedHashMap<>();
    all.put(
        "en",
        language(
            "stop,stopall,stop all,unsubscribe,cancel,end,quit,opt out,optout,revoke",
            "start,unstop,yes,subscribe,opt in,optin",
            "help,info",
            "You are unsubscribed and get no more messages from {sender}. Reply START to get them again.",
            "You get messages from {sender} again. Reply STOP to end them.",
            "You get messages from {sender}. Reply STOP to end them."));
    all.put(
        "de",
        language(
            "stopp,abmelden,abbestellen,ende,kündigen,beenden",
            "anmelden,weiter,ja",
            "hilfe",
            "Sie sind abgemeldet und erhalten keine Nachrichten von {sender} mehr. Mit START melden Sie sich wieder an.",
            "Sie erhalten wieder Nachrichten von {sender}. Mit STOP melden Sie sich ab.",
            "Sie erhalten Nachrichten von {sender}. Mit STOP melden Sie sich ab."));
    all.put(
        "fr",
        language(
            "arret,arrêt,arreter,arrêter,desabonner,désabonner,desinscrire,désinscrire",
            "abonner,oui,reprendre",
            "aide",
            "Vous etes désabonné et ne recevrez plus de messages de {sender}. Répondez START pour en recevoir.",
            "Vous recevez à nouveau les messages de {sender}. Répondez STOP pour arreter.",
            "Vous recevez des messages de {sender}. Répondez STOP pour arreter."));
    all.put(
        "es",
        language(
            "alto,parar,baja,cancelar,no mas,no más,detener",
            "alta,si,sí,iniciar",
            "ayuda",
            "No recibirá más mensajes de {sender}. Responda START para recibirlos de nuevo.",
            "Recibirá de nuevo mensajes de {sender}. Responda STOP para cancelar.",
            "Recibe mensajes de {sender}. Responda STOP para cancelar."));
    all.put(
        "pt",
        language(
            "pare,sair,remover",
            "sim,voltar",
            "ajuda",
            "Nao receberá mais mensagens de {sender}. Responda START para as receber.",
            "Voltará a receber mensagens de {sender}. Responda STOP para sair.",
            "Recebe mensagens de {sender}. Responda STOP para sair."));
    all.put(
        "it",
        language(
            "ferma,fermare,basta,annulla,disiscrivi",
            "inizia,iscrivi",
            "aiuto",
            "Non riceverà più messaggi da {sender}. Risponda START per riceverli.",
            "Riceve di nuovo messaggi da {sender}. Risponda STOP per non riceverli.",
            "Riceve messaggi da {sender}. Risponda STOP per non riceverli."));
    all.put(
        "nl",
        language(
            "stoppen,afmelden,einde",
            "aanmelden",
            "hulp",
            "U krijgt geen berichten van {sender} meer. Antwoord START om ze weer te krijgen.",
            "U krijgt weer berichten van {sender}. Antwoord STOP om te stoppen.",
            "U krijgt berichten van {sender}. Antwoord STOP om te stoppen."));
    all.put(
        "pl",
        language(
            "rezygnuje,rezygnuję,wypisz,koniec",
            "zapisz,tak",
            "pomoc",
            "Nie otrzymasz wiecej wiadomosci od {sender}. Odpisz START, aby je otrzymywac.",
            "Znów otrzymujesz wiadomosci od {sender}. Odpisz STOP, aby zrezygnowac.",
            "Otrzymujesz wiadomosci od {sender}. Odpisz STOP, aby zrezygnowac."));
    all.put(
        "tr",
        language(
            "dur,iptal,ret",
            "başlat,basla,başla,evet",
            "yardim,yardım",
            "{sender} size artik mesaj göndermeyecek. Tekrar almak için START yazin.",
            "{sender} mesajlarini tekrar aliyorsunuz. Durdurmak için STOP yazin.",
            "{sender} mesajlarini aliyorsunuz. Durdurmak için STOP yazin."));
    all.put(
        "ru",
        language(
            "стоп,отписаться,отмена,отписка",
            "старт,да,подписаться",
            "помощь,справка",
            "Вы больше не будете получать сообщения от {sender}. Чтобы получать их, ответьте СТАРТ.",
            "Вы снова получаете сообщения от {sender}. Чтобы отписаться, ответьте СТОП.",
            "Вы получаете сообщения от {sender}. Чтобы отписаться, ответьте СТОП."));
    return new Words(all);
  }

  private static Language language(
      String stop, String start, String help, String stopped, String started, String helped) {
    return new Language(
        Map.of(
            Wish.STOP, List.of(stop.split(",")),
            Wish.START, List.of(start.split(",")),
            Wish.HELP, List.of(help.split(","))),
        Map.of(Wish.STOP, stopped, Wish.START, started, Wish.HELP, helped));
  }

  /**
   * These, with the words and answers of a configuration before the usual ones: {@code {"de":
   * {"stop": ["raus"], "answers": {"stop": "…"}}}}.
   *
   * @throws dev.assay.api.problem.ProblemException where it is wrong
   */
  public Words with(Json.Obj configuration) {
    Map<String, Language> all = new LinkedHashMap<>();
    configuration
        .members()
        .forEach((code, json) -> all.put(code(code), merged(code, json.asObject())));
    languages.forEach(all::putIfAbsent);
    return new Words(all);
  }

  private static String code(String code) {
    if (!code.matches("[a-z]{2,3}")) {
      throw ChannelProblems.OPT_OUT.failure(
          Where.named("opt out"), "'" + code + "' is no language", "write it like de");
    }
    return code;
  }

  private Language merged(String code, Json.Obj json) {
    Language usual = languages.getOrDefault(code, new Language(Map.of(), Map.of()));
    Map<Wish, List<String>> words = new LinkedHashMap<>();
    Map<Wish, String> answers = new LinkedHashMap<>(usual.answers());
    Json given = json.find("answers");
    for (Wish wish : Wish.values()) {
      String name = wish.name().toLowerCase(Locale.ROOT);
      List<String> list = new ArrayList<>();
      json.array(name).forEach(word -> list.add(word.asText()));
      list.addAll(usual.words().getOrDefault(wish, List.of()));
      words.put(wish, list);
      String answer = given == null ? null : given.asObject().findText(name);
      if (answer != null) {
        answers.put(wish, answer);
      }
    }
    return new Language(words, answers);
  }

  /**
   * What a message asks for, if it is one of the words. The words of the recipient's language are
   * looked up first, then English ones, then the others in order.
   *
   * @param preferred the language of the sender's people, as a code; may be empty
   */
  public Optional<Found> find(String text, String preferred) {
    String said = normal(text);
    if (said.isEmpty() || said.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> order = new ArrayList<>(List.of(preferred, "en"));
    order.addAll(languages.keySet());
    for (String code : order) {
      Language language = languages.get(code);
      if (language == null) {
        continue;
      }
      for (Wish wish : Wish.values()) {
        for (String word : language.words().getOrDefault(wish, List.of())) {
          if (normal(word).equals(said)) {
            // STOP is said in all languages, and answered in the preferred one
            boolean answered = languages.containsKey(preferred) && code.equals("en");
            return Optional.of(new Found(wish, answered ? preferred : code));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** What is answered, or empty where nothing is. */
  public String answer(Found found, String sender) {
    Language language = languages.get(found.language());
    String answer = language == null ? null : language.answers().get(found.wish());
    return answer == null ? "" : answer.replace("{sender}", sender);
  }

  /** Small letters, without accents, punctuation and more than single spaces. */
  static String normal(String text) {
    if (text.length() > 10 * LONGEST) {
      return "";
    }
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT)
        .replace('ı', 'i')
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
