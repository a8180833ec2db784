<p>Hello {{ $patient->name }},</p><p>Your live consultation "{{ $consultation->title }}" with Dr. {{ $doctor->name }} starts at {{ $consultation->date }}.</p>
