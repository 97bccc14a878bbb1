package io.github.cachemesh.core.config;

/** A type whose values are single words. */
sealed interface ScalarType extends ValueType
    permits BooleanType, EnumType, IntegerType, PathType, TextType, UriType {
  /**
   * The value that a word stands for.
   *
   * @throws RejectedValueException if the word is of another kind or out of range
   */
  Object decode(Word word) throws RejectedValueException;
}
