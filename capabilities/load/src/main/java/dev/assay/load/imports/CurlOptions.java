package dev.assay.load.imports;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of curl 8: which take a value, and which concern only curl's own output. */
final class CurlOptions {

  private static final Set<String> WITH_VALUE =
      words(
          """
          abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
          connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves
          data data-ascii data-binary data-raw data-urlencode delegation dns-interface
          dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
          etag-compare etag-save expect100-timeout form form-string ftp-account
          ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms
          haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
          keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options
          mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy
          oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto
          proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type
          proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass
          proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype
          proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate
          referer request request-target resolve retry retry-delay retry-max-time sasl-authzid
          service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit
          speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype
          tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query
          user user-agent variable vlan-priority write-out
          """);

  /** Of what takes no value, what does not change the request. */
  private static final Set<String> OF_THE_OUTPUT =
      words(
          """
          silent show-error verbose include output output-dir write-out fail fail-with-body
          fail-early progress-bar progress-meter no-progress-meter remote-name remote-name-all
          remote-header-name remove-on-error create-dirs styled-output no-styled-output trace
          trace-ascii trace-config trace-time trace-ids stderr dump-header no-buffer disable
          compressed tr-encoding globoff path-as-is no-keepalive parallel parallel-max no-clobber
          xattr ipv4 ipv6 tcp-nodelay tcp-fastopen http1.1 http1.0 basic location-trusted libcurl
          cookie-jar junk-session-cookies suppress-connect-headers
          """);

  /** Known, without a value, with an effect that a load check cannot have. */
  private static final Set<String> OTHERS =
      words(
          """
          anyauth http2 digest ntlm ntlm-wb negotiate http3 http3-only http0.9 ssl ssl-reqd sslv2 sslv3
          tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 netrc netrc-optional retry-connrefused
          retry-all-errors post301 post302 post303 proxy-anyauth proxy-basic proxy-digest
          proxy-insecure proxy-negotiate proxy-ntlm proxytunnel raw crlf use-ascii append
          cert-status false-start no-alpn no-npn no-sessionid ssl-allow-beast ssl-no-revoke
          ssl-auto-client-cert ssl-revoke-best-effort ca-native skip-existing list-only
          request-target disallow-username-in-url doh-insecure doh-cert-status haproxy-protocol
          """);

  private static final Map<Character, String> SHORT =
      Map.ofEntries(
          Map.entry('A', "user-agent"),
          Map.entry('b', "cookie"),
          Map.entry('c', "cookie-jar"),
          Map.entry('C', "continue-at"),
          Map.entry('d', "data"),
          Map.entry('D', "dump-header"),
          Map.entry('e', "referer"),
          Map.entry('E', "cert"),
          Map.entry('F', "form"),
          Map.entry('H', "header"),
          Map.entry('K', "config"),
          Map.entry('m', "max-time"),
          Map.entry('o', "output"),
          Map.entry('P', "ftp-port"),
          Map.entry('Q', "quote"),
          Map.entry('r', "range"),
          Map.entry('t', "telnet-option"),
          Map.entry('T', "upload-file"),
          Map.entry('u', "user"),
          Map.entry('U', "proxy-user"),
          Map.entry('w', "write-out"),
          Map.entry('x', "proxy"),
          Map.entry('X', "request"),
          Map.entry('y', "speed-time"),
          Map.entry('Y', "speed-limit"),
          Map.entry('z', "time-cond"),
          Map.entry('#', "progress-bar"),
          Map.entry('0', "http1.0"),
          Map.entry('1', "tlsv1"),
          Map.entry('2', "sslv2"),
          Map.entry('3', "sslv3"),
          Map.entry('4', "ipv4"),
          Map.entry('6', "ipv6"),
          Map.entry(':', "next"),
          Map.entry('a', "append"),
          Map.entry('B', "use-ascii"),
          Map.entry('f', "fail"),
          Map.entry('g', "globoff"),
          Map.entry('G', "get"),
          Map.entry('i', "include"),
          Map.entry('I', "head"),
          Map.entry('j', "junk-session-cookies"),
          Map.entry('J', "remote-header-name"),
          Map.entry('k', "insecure"),
          Map.entry('l', "list-only"),
          Map.entry('L', "location"),
          Map.entry('n', "netrc"),
          Map.entry('N', "no-buffer"),
          Map.entry('O', "remote-name"),
          Map.entry('p', "proxytunnel"),
          Map.entry('q', "disable"),
          Map.entry('s', "silent"),
          Map.entry('S', "show-error"),
          Map.entry('v', "verbose"),
          Map.entry('Z', "parallel"));

  private CurlOptions() {}

  private static Set<String> words(String text) {
    return Set.copyOf(
        Arrays.stream(text.split("\\s+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet()));
  }

  /** Whether the next word is its value. */
  static boolean takesValue(String option) {
    return WITH_VALUE.contains(option);
  }

  /** Whether it leaves the request as it is. */
  static boolean ofTheOutput(String option) {
    return OF_THE_OUTPUT.contains(option);
  }

  /** Whether curl knows it, though a load check has nothing like it. */
  static boolean known(String option) {
    return WITH_VALUE.contains(option) || OTHERS.contains(option);
  }

  /** The long name of a short option; empty where there is none. */
  static String longName(char option) {
    return SHORT.getOrDefault(option, "");
  }
}
