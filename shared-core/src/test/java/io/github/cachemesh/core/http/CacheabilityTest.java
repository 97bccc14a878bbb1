package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Cacheability.Bypass;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.JSON;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheabilityTest {

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void readsAreLookedUp(String method) {
    assertThat(Cacheability.bypass(request(method, ISSUES, JSON, "a"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"})
  void otherMethodsAreNot(String method) {
    assertThat(Cacheability.bypass(request(method, ISSUES, JSON, "a"))).contains(Bypass.METHOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user",
        "/user/",
        "/user/repos?page=2",
        "/api/v3/user",
        "/api/v3/user/emails",
        "/API/V3/user",
        "//user",
        "//api/v3//user",
        "/%75ser",
        "/repos/../user",
        "/repos/%2e%2e/user",
        "/User"
      })
  void callersOwnIsNotLookedUp(String target) {
    assertThat(Cacheability.bypass(get(target, "a"))).contains(Bypass.CALLERS_OWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/u", "/repos/user/user", "/api/v3/users/u", "/userx", "/api/user"})
  void whatOnlyResemblesTheCallersOwnIs(String target) {
    assertThat(Cacheability.bypass(get(target, "a"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rate_limit", "/api/v3/rate_limit", "/rate_limit/", "/Rate_Limit?x"})
  void rateLimitIsPassedThroughAndFree(String target) {
    assertThat(Cacheability.bypass(get(target, "a"))).contains(Bypass.RATE_LIMIT);
    assertThat(Cacheability.isFree(get(target, "a"))).isTrue();
  }

  @Test
  void otherRequestsAreCharged() {
    assertThat(Cacheability.isFree(get(ISSUES, "a"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token=x",
        "page=2&access_token=x",
        "page=2;access_token=x",
        "ACCESS_TOKEN=x",
        "access%5Ftoken=x",
        "client_secret=x",
        "token=x",
        "sig=x&se=1",
        "jwt=x",
        "X-Amz-Signature=x",
        "X-Amz-Security-Token=x",
        "X-Goog-Signature=x"
      })
  void urlWithACredentialIsNotLookedUp(String query) {
    assertThat(Cacheability.bypass(get("/x?" + query, "a"))).contains(Bypass.CREDENTIAL_IN_URL);
  }

  @ParameterizedTest
  @CsvSource({
    "Range, bytes=0-1, RANGE",
    "X-GitHub-OTP, 123456, ONE_TIME_PASSWORD",
    "If-Match, '\"a\"', CONDITION",
    "If-Unmodified-Since, then, CONDITION",
    "If-Range, '\"a\"', CONDITION",
    "If-None-Match, *, CONDITION",
    "Cache-Control, no-store, NO_STORE",
    "Cache-Control, 'max-age=0, No-Store', NO_STORE"
  })
  void fieldsOfTheRequestCanForbidTheLookup(String name, String value, Bypass bypass) {
    assertThat(Cacheability.bypass(get(ISSUES, "a", name, value))).contains(bypass);
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match, '\"a\"'",
    "If-Modified-Since, then",
    "Cache-Control, no-cache",
    "Cookie, a=b"
  })
  void otherFieldsDoNot(String name, String value) {
    assertThat(Cacheability.bypass(get(ISSUES, "a", name, value))).isEmpty();
  }

  @Test
  void everyBypassHasItsWord() {
    assertThat(Bypass.values()).extracting(Bypass::word).doesNotHaveDuplicates();
    assertThat(Bypass.CALLERS_OWN.word()).isEqualTo("callers-own");
  }

  @Test
  void a200ToGetMayBeStored() {
    Fields response = Fields.of("Cache-Control", "private, max-age=60, s-maxage=60");
    assertThat(Cacheability.mayStore(get(ISSUES, "a"), 200, response)).isTrue();
  }

  @Test
  void answerToHeadIsNeverStored() {
    assertThat(Cacheability.mayStore(request("HEAD", ISSUES, JSON, "a"), 200, Fields.EMPTY))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 206, 301, 302, 304, 404, 500})
  void onlyA200IsStored(int status) {
    assertThat(Cacheability.mayStore(get(ISSUES, "a"), status, Fields.EMPTY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Set-Cookie, a=b",
    "Content-Range, bytes 0-1/2",
    "Location, https://x.example/?sig=1",
    "Cache-Control, 'private, no-store'"
  })
  void fieldsOfTheResponseCanForbidStoring(String name, String value) {
    assertThat(Cacheability.mayStore(get(ISSUES, "a"), 200, Fields.of(name, value))).isFalse();
  }
}
