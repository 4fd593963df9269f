package bot

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/coaching"
)

// Metrics counts what the server and the delivery loop do.
type Metrics struct {
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	deliveries *prometheus.CounterVec
	ages       *prometheus.HistogramVec
	waiting    prometheus.Gauge
	due        prometheus.Gauge
	lag        prometheus.Gauge
	flying     prometheus.Gauge
	barred     prometheus.Gauge
}

// NewMetrics registers the metrics.
func NewMetrics(registry prometheus.Registerer) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "smallwins_requests_total", Help: "Requests of chat platforms by path and outcome.",
		}, []string{"path", "outcome"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "smallwins_request_seconds", Help: "Time from a request's arrival to its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 30},
		}, []string{"path"}),
		// "pending" are retries; all other states are ends.
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "smallwins_deliveries_total", Help: "Attempts to post by the state they left the delivery in (pending is a retry) and the reason.",
		}, []string{"state", "reason"}),
		ages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "smallwins_delivery_age_seconds", Help: "Time from when a post was due to when it ended, by the state it ended in.",
			Buckets: []float64{1, 2, 5, 10, 30, 60, 300, 1800, 7200, 28800},
		}, []string{"state"}),
		waiting: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "smallwins_outbox_pending", Help: "Deliveries that have not ended, counted up to 1000.",
		}),
		due: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "smallwins_outbox_due", Help: "Pending deliveries that may be tried now, counted up to 1000.",
		}),
		lag: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "smallwins_outbox_lag_seconds", Help: "Time since the longest-waiting pending delivery was due.",
		}),
		flying: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "smallwins_sends_in_flight", Help: "Attempts to post that are under way in this process.",
		}),
		barred: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "smallwins_barred_workspaces", Help: "Workspaces, or whole platforms, that nothing can be sent to, such as for a revoked token.",
		}),
	}
	registry.MustRegister(m.requests, m.durations, m.deliveries, m.ages, m.waiting, m.due, m.lag, m.flying, m.barred)
	return m
}

func (m *Metrics) request(path, outcome string, took time.Duration) {
	m.requests.WithLabelValues(path, outcome).Inc()
	if took > 0 {
		m.durations.WithLabelValues(path).Observe(took.Seconds())
	}
}

func (m *Metrics) delivery(delivery coaching.Delivery) {
	m.deliveries.WithLabelValues(string(delivery.State), string(delivery.Reason)).Inc()
	if delivery.State != coaching.Pending {
		m.ages.WithLabelValues(string(delivery.State)).Observe(delivery.EndedAt.Sub(delivery.DueAt).Seconds())
	}
}

func (m *Metrics) outbox(backlog coaching.Backlog, lag time.Duration, flying, barred int) {
	m.waiting.Set(float64(backlog.Waiting))
	m.due.Set(float64(backlog.Due))
	m.lag.Set(lag.Seconds())
	m.flying.Set(float64(flying))
	m.barred.Set(float64(barred))
}
