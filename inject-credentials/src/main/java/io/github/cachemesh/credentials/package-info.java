/** The action that hands credentials to a job. */
@NullMarked
package io.github.cachemesh.credentials;

import org.jspecify.annotations.NullMarked;
