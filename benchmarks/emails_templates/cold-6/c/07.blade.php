<p>New booking from {{ $patient->name }} on {{ $date }}.</p><p>Notes: {{ $booking->notes }}</p>
