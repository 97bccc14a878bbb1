/**
 * When a stored CodeQL result may stand for a scan: the key of a scan, the sealed store of results,
 * and the decisions to skip, to trust and to store, each a pure function of records.
 */
@NullMarked
package io.github.cachemesh.core.codeql;

import org.jspecify.annotations.NullMarked;
