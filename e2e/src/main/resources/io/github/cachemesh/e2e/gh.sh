# What a job asks with gh. REST and GraphQL.
set -eu
for path in "repos/$REPO" "repos/$REPO/actions/runs?per_page=50" "repos/$REPO/releases" "repos/$PRIVATE_REPO"; do
  gh api "$path" >/dev/null
done
gh api --paginate "repos/$REPO/issues?per_page=20" >/dev/null
gh pr list --repo "$REPO" >/dev/null
gh issue list --repo "$REPO" >/dev/null
