# What a job asks with curl: real, recorded answers and a private repository.
set -eu
for path in $RECORDED_PATHS "/repos/$REPO" "/repos/$REPO/tags" "/repos/$REPO/labels" "/repos/$PRIVATE_REPO/issues"; do
  curl -q -fsS -o /dev/null -w '%{time_total}\n' -H "Authorization: Bearer $GH_TOKEN" "$API_URL$path" >>"$LATENCIES"
done
