<p>Hello {{ $appointment->patient->user->full_name }},</p>
<p>Your appointment with {{ $appointment->doctor->user->full_name }} in the {{ $appointment->department->title }} department on {{ $appointment->opd_date }} is booked.</p>
