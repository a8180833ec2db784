@component('mail::message')
You were invited to join {{ $pharmacy->name }} as a pharmacist.
@endcomponent
