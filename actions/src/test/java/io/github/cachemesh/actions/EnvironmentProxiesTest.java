package io.github.cachemesh.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static final URI API = URI.create("https://api.github.com/user");

  @ParameterizedTest
  @CsvSource({
    // NO_PROXY, URL, direct?
    "'',                        https://api.github.com,          false",
    "*,                         https://api.github.com,          true",
    "github.com,                https://github.com,              true",
    "github.com,                https://api.github.com,          true",
    "github.com,                https://notgithub.com,           false",
    "GitHub.COM,                https://API.github.com,          true",
    ".github.com,               https://api.github.com,          true",
    ".github.com,               https://github.com,              false",
    "*.github.com,              https://api.github.com,          true",
    "github.com,                https://github.com.,             true",
    "github.com:443,            https://github.com,              true",
    "github.com:8443,           https://github.com,              false",
    "github.com:8443,           https://api.github.com:8443,     true",
    "github.com:80,             http://github.com,               true",
    "'a.com, b.com c.com',      https://b.com,                   true",
    "'a.com, b.com c.com',      https://c.com,                   true",
    "10.1.2.3,                  https://10.1.2.3,                true",
    "10.1.2.3,                  https://10.1.2.33,               false",
    "10.1.2.3:444,              https://10.1.2.3,                false",
    "10.0.0.0/8,                https://10.200.1.1,              true",
    "10.0.0.0/8,                https://11.0.0.1,                false",
    "192.168.4.0/22,            https://192.168.7.255,           true",
    "192.168.4.0/22,            https://192.168.8.0,             false",
    "0.0.0.0/0,                 https://192.0.2.1,               true",
    "0.0.0.0/0,                 https://[2001:db8::1],           false",
    "0.0.0.0/0,                 https://api.github.com,          false",
    "2001:db8::/32,             https://[2001:db8:1::5],         true",
    "2001:db8::/32,             https://[2001:db9::5],           false",
    "2001:db8::1,               https://[2001:db8:0:0::1],       true",
    "[2001:db8::1]:443,         https://[2001:db8::1],           true",
    "[2001:db8::1]:8443,        https://[2001:db8::1],           false",
    "10.0.0.0/33,               https://10.0.0.1,                false",
    "10.0.0.0/x,                https://10.0.0.1,                false",
    "github.com:99999,          https://github.com,              false",
    "'',                        https://localhost:8080,          true",
    "'',                        http://127.0.0.1:1,              true",
    "'',                        http://127.9.9.9,                true",
    "'',                        http://[::1]:80,                 true",
  })
  void hostsOfNoProxyGoDirectly(String noProxy, URI url, boolean direct) {
    EnvironmentProxies proxies =
        proxies("NO_PROXY", noProxy, "HTTPS_PROXY", "http://p:1", "HTTP_PROXY", "http://p:1");
    assertThat(proxies.select(url).equals(java.util.List.of(Proxy.NO_PROXY))).isEqualTo(direct);
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.corp:3128,        HTTP,  proxy.corp, 3128",
    "proxy.corp:3128,               HTTP,  proxy.corp, 3128",
    "http://proxy.corp,             HTTP,  proxy.corp, 80",
    "HTTP://proxy.corp/,            HTTP,  proxy.corp, 80",
    "http://me:pw@proxy.corp:8080,  HTTP,  proxy.corp, 8080",
    "http://[2001:db8::9]:8080,     HTTP,  2001:db8::9, 8080",
    "socks5://proxy.corp,           SOCKS, proxy.corp, 1080",
    "socks5h://proxy.corp:9050,     SOCKS, proxy.corp, 9050",
  })
  void formsOfAProxy(String value, Proxy.Type type, String host, int port) {
    assertThat(proxies("HTTPS_PROXY", value).select(API))
        .containsExactly(new Proxy(type, InetSocketAddress.createUnresolved(host, port)));
  }

  @Test
  void theSchemeOfTheUrlChoosesTheVariable() {
    EnvironmentProxies proxies = proxies("HTTPS_PROXY", "http://s:1", "HTTP_PROXY", "http://p:2");
    assertThat(host(proxies, "https://a.com")).isEqualTo("s");
    assertThat(host(proxies, "http://a.com")).isEqualTo("p");
  }

  @Test
  void lowerCaseWins() {
    EnvironmentProxies proxies = proxies("https_proxy", "http://low:1", "HTTPS_PROXY", "http://up");
    assertThat(host(proxies, "https://a.com")).isEqualTo("low");
  }

  @Test
  void anEmptyLowerCaseVariableDoesNotHideTheOther() {
    EnvironmentProxies proxies = proxies("https_proxy", "", "HTTPS_PROXY", "http://up:1");
    assertThat(host(proxies, "https://a.com")).isEqualTo("up");
  }

  @Test
  void withoutVariablesThereIsNoProxy() {
    assertThat(new EnvironmentProxies(Map.of()).select(API)).containsExactly(Proxy.NO_PROXY);
  }

  @Test
  void credentialsAreDecoded() {
    PasswordAuthentication credentials =
        proxies("HTTPS_PROXY", "http://me%40corp:p%3A+w@p:1").credentials(API).orElseThrow();
    assertThat(credentials.getUserName()).isEqualTo("me@corp");
    assertThat(credentials.getPassword()).containsExactly("p:+w".toCharArray());
  }

  @Test
  void aHostWithoutProxyGetsNoCredentials() {
    assertThat(
            proxies("HTTPS_PROXY", "http://me:pw@p:1", "NO_PROXY", "github.com").credentials(API))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://me:s3cret@p:1", "ftp://me:s3cret@p", "http://me:s3cret@ p"})
  void anUnusableProxyIsNamedWithoutItsPassword(String value) {
    assertThatExceptionOfType(ActionFailure.class)
        .isThrownBy(() -> proxies("HTTPS_PROXY", value))
        .withMessageContaining("https_proxy")
        .satisfies(
            failure -> {
              assertThat(failure).hasNoCause();
              assertThat(failure.getMessage() + failure.remedy()).doesNotContain("s3cret");
            });
  }

  private static EnvironmentProxies proxies(String... pairs) {
    Map<String, String> env = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return new EnvironmentProxies(env);
  }

  private static String host(EnvironmentProxies proxies, String url) {
    return ((InetSocketAddress) proxies.select(URI.create(url)).getFirst().address())
        .getHostString();
  }
}
