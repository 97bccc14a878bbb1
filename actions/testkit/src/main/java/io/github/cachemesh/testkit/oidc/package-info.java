/**
 * GitHub's issuer of OIDC tokens: the jobs' endpoint, the issuer's configuration and keys, and
 * tokens that are wrong in exactly one way. It shares no code with what verifies tokens.
 */
@org.jspecify.annotations.NullMarked
package io.github.cachemesh.testkit.oidc;
