@component('mail::message')
# Appointment confirmed

Dear {{ $appointment->patient->name }},

Your appointment is confirmed for **{{ $appointment->start->format('d M Y H:i') }}**.

- Dentist: {{ $appointment->dentist->name }}
- Treatment: {{ $appointment->treatment->title }}

@component('mail::button', ['url' => $url])
Manage appointment
@endcomponent

Thanks,<br>
{{ config('app.name') }}
@endcomponent
