package io.github.cachemesh.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.stats.StatisticsReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobSavingsTest {
  private static final JobSavings SAVINGS =
      new JobSavings(
          StatisticsReport.parse(
              """
              {"hits": 3, "misses": 1,
               "cachemesh": {"requests": 5000, "upstream_requests": 4,
                 "points_without_cache": 5000, "points_charged": 1,
                 "by_answer": {"fresh_memory": 1, "revalidated_disk": 2, "empty_list_guess": 1,
                   "coalesced": 4, "miss": 1, "passed_through": 1}}}
              """));

  @Test
  void rowsAreForPeople() {
    assertThat(SAVINGS.rows())
        .contains(
            List.of("Requests", "5,000"),
            List.of("Answered from the cache", "3 (75 %)"),
            List.of("Rate-limit points saved", "4,999"));
  }

  @Test
  void answersAreGroupedByWhatTheyCost() {
    assertThat(SAVINGS.shares())
        .containsEntry("Hits without asking GitHub", 1L)
        .containsEntry("Revalidated, free", 3L)
        .containsEntry("Coalesced", 4L)
        .containsEntry("Misses", 1L)
        .containsEntry("Never cached", 1L)
        .containsEntry("Failed", 0L);
  }

  @Test
  void everyKindOfAnswerHasItsShare() {
    assertThat(SAVINGS.shares().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(10);
  }
}
