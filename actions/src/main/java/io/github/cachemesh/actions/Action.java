package io.github.cachemesh.actions;

/**
 * What an action does: {@link #main} in its step, {@link #post} after the job's last step, each in
 * a process of its own. What post needs to know of main travels through {@link State}.
 */
public interface Action {
  /**
   * The step itself.
   *
   * @throws ActionFailure to fail the step with a message for the user
   * @throws Exception for anything else; it fails the step as an internal error
   */
  void main(ActionContext context) throws Exception;

  /**
   * Cleans up; runs also when main failed.
   *
   * @throws ActionFailure to fail the step with a message for the user
   * @throws Exception for anything else; it fails the step as an internal error
   */
  default void post(ActionContext context) throws Exception {}
}
