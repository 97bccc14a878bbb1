/** The action that says whether a CodeQL scan may be skipped. */
@NullMarked
package io.github.cachemesh.codeqlcache;

import org.jspecify.annotations.NullMarked;
