<p>{{ $patient->full_name }} was admitted to the intensive care unit on {{ $admission->date }}.</p>
